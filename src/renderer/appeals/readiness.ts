import type { AppealWhole, Draft } from '../../contract/engine/appeal.ts'
import { type ClaimField, mandatoryFields, type ReasonCode, type Verdict } from '../../domain/appeal.ts'
import { SOURCE_BODIES, type SourceBody } from '../../domain/fact.ts'

/** Why a decision cannot be taken yet; a key of `appeals.not-ready`. */
export type NotReady =
  | { readonly why: 'unseen'; readonly fields: readonly ClaimField[] }
  | { readonly why: 'contradict'; readonly fields: readonly ClaimField[] }
  | { readonly why: 'other-body'; readonly owner: string }
  | { readonly why: 'reasons' }
  | { readonly why: 'body' }
  | { readonly why: 'hearing'; readonly date: string }
  | { readonly why: 'verdict' }

type Judged = Pick<AppealWhole, 'route' | 'claim' | 'facts' | 'hearingAt'>

/** What stands against a verdict now: the rules of `decide` of the domain, and a letter that names whom to turn to; null when it can be submitted. */
export function obstacle(appeal: Judged, draft: Draft, verdict: Verdict | null, today: string): NotReady | null {
  if (verdict === null) return { why: 'verdict' }
  if (verdict === 'approve') return obstacleToApproval(appeal, draft)
  if (draft.reasons.length === 0) return { why: 'reasons' }
  if (verdict === 'refer' && draft.body === null) return { why: 'body' }
  if (verdict === 'reject' && appeal.hearingAt !== null && today < appeal.hearingAt)
    return { why: 'hearing', date: appeal.hearingAt }
  return null
}

/** What stands against an approval now. */
export function obstacleToApproval(appeal: Judged, { fields }: Draft): NotReady | null {
  const owner = appeal.facts.imeis.find((imei) => imei.owner !== null)?.owner
  if (owner) return { why: 'other-body', owner }
  const unseen = mandatoryFields(appeal.route, appeal.claim.imeis.length).filter((field) => fields[field] === undefined)
  if (unseen.length > 0) return { why: 'unseen', fields: unseen }
  const against = (Object.keys(fields) as ClaimField[]).filter((field) => fields[field] === 'contradict')
  return against.length > 0 ? { why: 'contradict', fields: against } : null
}

/** Bodies an appeal can be passed on to: everybody but the ministry, whose officers decide here. */
export const BODIES: readonly SourceBody[] = SOURCE_BODIES.filter((body) => body !== 'ministry')

/** The body whose listing of the device only it can end; null where there is none, or more than one. */
export function bodyConcerned({ facts }: Pick<AppealWhole, 'facts'>): SourceBody | null {
  const owners = new Set(facts.imeis.flatMap(({ owner }) => BODIES.find((body) => body === owner) ?? []))
  return owners.size === 1 ? ([...owners][0] ?? null) : null
}

const REASON_OF_FIELD: Readonly<Record<ClaimField, ReasonCode>> = {
  imei1: 'R01',
  imei2: 'R01',
  imei3: 'R01',
  imei4: 'R01',
  model: 'R03',
  owner: 'R04',
  receipt: 'R05',
  purchase: 'R06',
  exit: 'R06',
  entry: 'R07',
  firstSeen: 'R07',
  declaration: 'R09',
  tracking: 'R09',
}

/** Reasons that follow from what was found: contradicted fields, papers used twice, a listing of another body. Only suggested. */
export function suggestedReasons(appeal: Pick<AppealWhole, 'facts'>, { fields }: Draft): readonly ReasonCode[] {
  const found = new Set<ReasonCode>()
  for (const [field, verdict] of Object.entries(fields))
    if (verdict === 'contradict') found.add(REASON_OF_FIELD[field as ClaimField])
    else if (verdict === 'unclear') found.add('R12')
  if (appeal.facts.reuse.some(({ what }) => what !== 'imei')) found.add('R10')
  if (appeal.facts.imeis.some(({ owner }) => owner !== null)) found.add('R11')
  return [...found].sort()
}
