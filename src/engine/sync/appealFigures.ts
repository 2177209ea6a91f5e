import type { FoldedAppeal } from '../../contract/registry/foldedAppeal.ts'
import type { Appeal, AppealState, AppealStep, TimelineEntry } from '../../domain/appeal.ts'
import { businessDate, daysBetween } from '../../domain/businessDate.ts'
import type { IsoDate, Seq } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'
import type { CacheStore } from '../db/store.ts'

/** One step of an appeal as figures need it, with the number of the event that told it. */
export type FigureStep = readonly [
  seq: Seq,
  day: IsoDate,
  what: AppealStep,
  state: AppealState,
  officer: string | null,
  reason: string | null,
  due: IsoDate,
]

/** What an appeal counts as at a sequence number. */
export interface AppealFigure {
  readonly state: AppealState
  readonly due: IsoDate
  /** Day of the decision that stands; null while there is none. */
  readonly decidedDay: IsoDate | null
  /** Who decided or proposed last. */
  readonly officer: string | null
  /** The first reason given last. */
  readonly reason: string | null
  /** Calendar days from receipt to decision. */
  readonly days: number | null
  /** A decision was taken back or another one took its place. */
  readonly reversed: boolean
}

/** What the steps up to a sequence number make of an appeal; null when it had not come in by then. */
export function figureAt(steps: readonly FigureStep[], receivedDay: IsoDate, upTo: Seq): AppealFigure | null {
  let last: FigureStep | null = null
  let outcome: AppealStep | null = null
  let decidedDay: IsoDate | null = null
  let officer: string | null = null
  let reason: string | null = null
  let proposed = false
  let reversed = false
  for (const step of steps) {
    const [seq, day, what, , by, why] = step
    if (seq > upTo) break
    last = step
    reason = why ?? reason
    if (what === 'approved' || what === 'rejected') {
      if (outcome !== null && outcome !== what) reversed = true
      outcome = what
      decidedDay = day
      // the second signature makes a decision final; it stays the one of who proposed it
      if (!proposed) officer = by ?? officer
      proposed = false
    } else if (what === 'proposed') {
      officer = by ?? officer
      proposed = true
    } else if (what === 'preliminary' || what === 'referred' || what === 'asked') officer = by ?? officer
    else if (what === 'revoked') {
      reversed = true
      decidedDay = null
    } else if (what === 'complained') decidedDay = null
  }
  if (!last) return null
  const days = decidedDay === null ? null : Math.max(0, daysBetween(receivedDay, decidedDay))
  return { state: last[3], due: last[6], decidedDay, officer, reason, days, reversed }
}

/** Writes the row of figures of an appeal that the mirror has. */
export function figureStored(tx: Writer, seq: Seq, id: string): void {
  const doc = tx.value<string>('SELECT doc FROM appeal WHERE id = ?', id)
  if (doc === undefined) throw new Error(`the mirror has no appeal ${id}`)
  figureAppeal(tx, seq, JSON.parse(doc) as Appeal)
}

/** Writes an appeal's row of figures where one event told all that is new in it: `appeal` as the mirror has it now. */
export const figureAppeal = (tx: Writer, seq: Seq, appeal: Appeal): void =>
  figureTold(tx, appeal, [[seq, appeal.timeline.length, appeal.state, appeal.dueAt]])

/** What an event left of an appeal: how long its time line was then, its state and its term. */
export type Left = readonly [seq: Seq, entries: number, state: AppealState, due: IsoDate]

/** Writes an appeal's row of figures after events in order: `appeal` as they left it. */
export function figureTold(tx: Writer, appeal: Appeal, told: Iterable<Left>): void {
  const known = tx.value<string>('SELECT steps FROM appeal_figure WHERE id = ?', appeal.id)
  const before = known === undefined ? [] : (JSON.parse(known) as FigureStep[])
  const steps = [...before]
  for (const [seq, entries, state, dueAt] of told)
    while (steps.length < entries) {
      const entry = appeal.timeline[steps.length]
      if (!entry) throw new Error(`the time line of appeal ${appeal.id} is too short`)
      steps.push(stepOf(entry, seq, { state, dueAt }, steps.length === entries - 1))
    }
  if (known === undefined) insertFigure(tx, appeal, steps)
  else if (steps.length > before.length) updateFigure(tx, appeal, before, steps)
}

/** The same for an appeal whose events come at once. */
export function figureFolded(tx: Writer, { appeal, told }: FoldedAppeal): void {
  let length = 0
  figureTold(
    tx,
    appeal,
    told.map(([seq, , entries, state, dueAt]): Left => {
      length += entries
      return [seq, length, state, dueAt]
    }),
  )
}

/** The columns of a figure, all in an index. */
function columnsOf(appeal: Appeal, steps: readonly FigureStep[]) {
  const f = figureAt(steps, businessDate(appeal.receivedAt), Number.MAX_SAFE_INTEGER)
  if (!f) return null
  const { state, due, decidedDay, officer, reason, days, reversed } = f
  return { state, due, decided_day: decidedDay, officer, reason, days, reversed: reversed ? 1 : 0 }
}
const COLUMNS = ['state', 'due', 'decided_day', 'officer', 'reason', 'days', 'reversed'] as const

function insertFigure(tx: Writer, appeal: Appeal, steps: readonly FigureStep[]): void {
  const figure = columnsOf(appeal, steps)
  if (!figure) return
  tx.run(
    `INSERT INTO appeal_figure(id, received_seq, received_day, route, steps, ${COLUMNS.join(', ')})
     VALUES (?, (SELECT received_seq FROM appeal WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    appeal.id,
    appeal.id,
    businessDate(appeal.receivedAt),
    appeal.route,
    JSON.stringify(steps),
    ...COLUMNS.map((column) => figure[column]),
  )
}

/** Names only the columns that change: SQLite writes the entries of every index that has a named one anew. */
function updateFigure(tx: Writer, appeal: Appeal, before: readonly FigureStep[], steps: readonly FigureStep[]): void {
  const [was, is] = [columnsOf(appeal, before), columnsOf(appeal, steps)]
  if (!is) return
  const moved = COLUMNS.filter((column) => was?.[column] !== is[column])
  tx.run(
    `UPDATE appeal_figure SET steps = ?${moved.map((column) => `, ${column} = ?`).join('')} WHERE id = ?`,
    JSON.stringify(steps),
    ...moved.map((column) => is[column]),
    appeal.id,
  )
}

const STATES: Readonly<Partial<Record<AppealStep, AppealState>>> = {
  claimed: 'claimed',
  asked: 'asked',
  preliminary: 'preliminary',
  proposed: 'awaiting-signature',
  approved: 'approved',
  rejected: 'rejected',
  referred: 'referred',
  withdrawn: 'withdrawn',
  'revocation-proposed': 'approved',
  'revocation-dropped': 'approved',
}

function stepOf(entry: TimelineEntry, seq: Seq, appeal: Pick<Appeal, 'state' | 'dueAt'>, isLast: boolean): FigureStep {
  const state = isLast ? appeal.state : (STATES[entry.what] ?? 'received')
  return [
    seq,
    businessDate(entry.at),
    entry.what,
    state,
    entry.officer ?? null,
    entry.reasons?.[0] ?? null,
    appeal.dueAt,
  ]
}

const APPEALS_A_CHUNK = 2_000

/**
 * Writes the figures of appeals that came into the mirror before there were any, or as a whole with a snapshot. Other calls are
 * answered between the chunks; throws the signal's reason when cancelled.
 */
export async function appealFiguresComplete(cache: CacheStore, signal: AbortSignal): Promise<void> {
  const missing = (): boolean =>
    cache.read.value<number>('SELECT (SELECT count(*) FROM appeal) > (SELECT count(*) FROM appeal_figure)') === 1
  while (missing()) {
    signal.throwIfAborted()
    const rows = cache.read
      .rows<[string, Seq]>(
        `SELECT id, seq FROM appeal WHERE id NOT IN (SELECT id FROM appeal_figure) LIMIT ${APPEALS_A_CHUNK}`,
      )
      .all()
    cache.write((tx) => {
      for (const [id, seq] of rows) figureStored(tx, seq, id)
    })
    await new Promise(setImmediate)
  }
}
