import type { AppealWhole, Draft } from '../../contract/engine/appeal.ts'
import type { ClaimField, FieldVerdict, ReasonCode, Verdict } from '../../domain/appeal.ts'
import type { SourceBody } from '../../domain/fact.ts'

/** What the officer has set in a review so far: the draft, and where he is. */
export interface ReviewState extends Draft {
  /** Fields in the order of the claim pane, and which of them an approval needs. */
  readonly order: readonly { readonly field: ClaimField; readonly mandatory: boolean }[]
  /** The field the keys act on. */
  readonly current: ClaimField | null
  /** Grows with each change of the draft; 0: nothing set here yet. */
  readonly edits: number
}

export type ReviewAct =
  | { readonly do: 'renew'; readonly appeal: Pick<AppealWhole, 'comparison' | 'draft'> }
  | { readonly do: 'step'; readonly by: 1 | -1 }
  | { readonly do: 'go'; readonly to: ClaimField }
  | { readonly do: 'judge'; readonly verdict: FieldVerdict | null }
  | { readonly do: 'decide'; readonly verdict: Verdict; readonly body?: SourceBody | null }
  | { readonly do: 'reason'; readonly code: ReasonCode }
  | { readonly do: 'reasons'; readonly codes: readonly ReasonCode[] }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'internal'; readonly text: string }
  | { readonly do: 'pass-to'; readonly body: SourceBody | null }

const NOTHING: Draft = { fields: {}, verdict: null, reasons: [], note: '', internal: '', item: null, body: null }

/** A review as it begins: with the draft, at the first field that still needs a look. */
export function beginReview(appeal: Pick<AppealWhole, 'comparison' | 'draft'>): ReviewState {
  const draft = appeal.draft ?? NOTHING
  const order = appeal.comparison.map(({ field, mandatory }) => ({ field, mandatory }))
  const state: ReviewState = { ...draft, order, current: order[0]?.field ?? null, edits: 0 }
  return { ...state, current: nextUnseen(state) ?? state.current }
}

/** The draft within a review, for saving. */
export const draftOf = ({ fields, verdict, reasons, note, internal, item, body }: ReviewState): Draft => ({
  fields,
  verdict,
  reasons,
  note,
  internal,
  item,
  body,
})

/** Whether anything is set. */
export const isEmptyDraft = ({ fields, verdict, reasons, note, internal }: Draft): boolean =>
  Object.keys(fields).length === 0 && verdict === null && reasons.length === 0 && note === '' && internal === ''

/** One step of the officer. Judging a field goes on to the next one that an approval needs, so that one key a field is enough. */
export function review(state: ReviewState, act: ReviewAct): ReviewState {
  switch (act.do) {
    case 'renew':
      return renewed(state, act.appeal)
    case 'step':
      return { ...state, current: neighbour(state, act.by) }
    case 'go':
      return { ...state, current: act.to }
    case 'judge':
      return judge(state, act.verdict)
    case 'decide':
      return edited(state, {
        verdict: act.verdict,
        reasons: act.verdict === 'approve' ? [] : state.reasons,
        // a question is about the field the officer stands on
        item: act.verdict === 'ask' ? state.current : null,
        body: act.verdict === 'refer' ? (state.body ?? act.body ?? null) : null,
      })
    case 'reason':
      return edited(state, {
        reasons: state.reasons.includes(act.code)
          ? state.reasons.filter((code) => code !== act.code)
          : [...state.reasons, act.code].sort(),
      })
    case 'reasons':
      return edited(state, { reasons: [...new Set([...state.reasons, ...act.codes])].sort() })
    case 'note':
      return edited(state, { note: act.text })
    case 'internal':
      return edited(state, { internal: act.text })
    case 'pass-to':
      return edited(state, { body: act.body })
  }
}

/** What came meanwhile takes the place of a review in which nothing was set; the officer stays where he is. */
function renewed(state: ReviewState, appeal: Pick<AppealWhole, 'comparison' | 'draft'>): ReviewState {
  if (state.edits > 0) return state
  const begun = beginReview(appeal)
  const same = Object.keys(begun.fields).length === Object.keys(state.fields).length
  const there = begun.order.some(({ field }) => field === state.current)
  return same && there ? { ...begun, current: state.current } : begun
}

const edited = (state: ReviewState, change: Partial<Draft>): ReviewState => ({
  ...state,
  ...change,
  edits: state.edits + 1,
})

function judge(state: ReviewState, verdict: FieldVerdict | null): ReviewState {
  if (state.current === null) return state
  const { [state.current]: _old, ...others } = state.fields
  if (verdict === null) return edited(state, { fields: others })
  const judged = edited(state, { fields: { ...others, [state.current]: verdict } })
  return { ...judged, current: nextUnseen(judged) ?? neighbour(judged, 1) }
}

/** The next mandatory field without a verdict, from the current one round to it; null when all have one. */
function nextUnseen({ order, current, fields }: ReviewState): ClaimField | null {
  const at = order.findIndex(({ field }) => field === current)
  const round = [...order.slice(at), ...order.slice(0, Math.max(0, at))]
  return round.find(({ field, mandatory }) => mandatory && fields[field] === undefined)?.field ?? null
}

function neighbour({ order, current }: ReviewState, by: 1 | -1): ClaimField | null {
  const at = order.findIndex(({ field }) => field === current) + by
  return order[Math.min(order.length - 1, Math.max(0, at))]?.field ?? null
}
