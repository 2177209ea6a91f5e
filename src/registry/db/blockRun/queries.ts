import { type AppealState, isOpen } from '../../../domain/appeal.ts'
import type { Dropped, RunAppeal, RunState, SignableRun } from '../../../domain/blockRun.ts'
import type { Imei14, Instant, IsoDate } from '../../../domain/fact.ts'
import { copyIn } from '../copyIn.ts'
import type { Tx } from '../transaction.ts'

export interface StoredRun extends SignableRun {
  readonly no: number
  readonly until: IsoDate
  readonly day: IsoDate
  readonly cap: number
  readonly policy: number
  readonly toBlack: number
  readonly held: number
  readonly conflicts: number
  readonly manifest: string
}

/** A run by its id, held against other acts on it. */
export const runForUpdate = (tx: Tx, id: string): Promise<StoredRun | null> =>
  tx.one<StoredRun>(
    `SELECT no, id, until, day, cap, policy, made_by AS by, signatures, state, to_black AS "toBlack", held, conflicts, manifest
     FROM blockrun WHERE id = $1 FOR UPDATE`,
    [id],
  )

/** Number of the next run; the writer's row must be held. */
export async function nextRunNumber(tx: Tx): Promise<number> {
  const row = await tx.one<{ no: number }>('SELECT coalesce(max(no), 0) + 1 AS no FROM blockrun')
  if (!row) throw new Error('the next number of a run is missing')
  return row.no
}

/** Adds a run with its IMEIs. */
export async function addRun(tx: Tx, r: StoredRun & { proposedAt: Instant }, imeis: readonly Imei14[]): Promise<void> {
  await tx.run(
    `INSERT INTO blockrun (no, id, until, day, cap, policy, made_by, signatures, state, to_black, held, conflicts, manifest, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      r.no,
      r.id,
      r.until,
      r.day,
      r.cap,
      r.policy,
      r.by,
      r.signatures,
      r.state,
      r.toBlack,
      r.held,
      r.conflicts,
      r.manifest,
      r.proposedAt,
    ],
  )
  const rows = function* () {
    for (const imei14 of imeis) yield [r.no, imei14] as const
  }
  await copyIn(tx, 'blockrun_imei', ['run', 'imei14'], rows())
}

/** What a signature changes in a run. */
export async function saveSigned(tx: Tx, r: StoredRun, dropped: readonly Dropped[], at: Instant): Promise<void> {
  await tx.run(
    `UPDATE blockrun SET signatures = $2, state = $3, to_black = $4, held = $5, conflicts = $6, manifest = $7, ended_at = $8
     WHERE no = $1`,
    [
      r.no,
      r.signatures,
      r.state,
      r.toBlack,
      r.held,
      r.conflicts,
      r.manifest,
      r.state === 'awaiting-signature' ? null : at,
    ],
  )
  if (dropped.length > 0)
    await tx.run(
      `UPDATE blockrun_imei i SET dropped = d.why FROM unnest($2::bigint[], $3::text[]) AS d(imei14, why)
       WHERE i.run = $1 AND i.imei14 = d.imei14`,
      [r.no, dropped.map((d) => d.imei14), dropped.map((d) => d.why)],
    )
}

/** It ends unsigned. */
export const endRun = (tx: Tx, no: number, state: RunState, at: Instant): Promise<number> =>
  tx.run('UPDATE blockrun SET state = $2, ended_at = $3 WHERE no = $1', [no, state, at])

export const IMEIS_OF_RUN = 'SELECT imei14 FROM blockrun_imei WHERE run = $1 AND dropped IS NULL ORDER BY imei14'

/** IMEIs that still belong to a run, ascending. */
export const imeisOfRun = async (tx: Tx, no: number): Promise<Imei14[]> =>
  (await tx.all<{ imei14: Imei14 }>(IMEIS_OF_RUN, [no])).map((row) => row.imei14)

/** A grey IMEI with its deadline. */
export interface Overdue {
  readonly imei14: Imei14
  readonly deadline: IsoDate
}
export const OVERDUE_PAGE = `SELECT imei14, deadline FROM listing
   WHERE list = 'grey' AND deadline <= $1 AND (deadline, imei14) > ($2, $3) ORDER BY deadline, imei14 LIMIT $4`

/** Grey IMEIs with a deadline up to `last`, the longest overdue first, those after `after`. */
export const overdueAfter = (tx: Tx, last: IsoDate, after: Overdue, limit: number): Promise<Overdue[]> =>
  tx.all<Overdue>(OVERDUE_PAGE, [last, after.deadline, after.imei14, limit])

export const OVERDUE_COUNT = "SELECT count(*) AS n FROM listing WHERE list = 'grey' AND deadline <= $1"
export const countOverdue = async (tx: Tx, last: IsoDate): Promise<number> =>
  (await tx.one<{ n: number }>(OVERDUE_COUNT, [last]))?.n ?? 0

export const APPEALS_ABOUT = `SELECT i.imei14, a.id, a.state, a.received_at AS "receivedAt", a.doc ->> 'complaint' IS NOT NULL AS complaint
   FROM appeal_imei i JOIN appeal a ON a.id = i.appeal WHERE i.imei14 = ANY($1)`

/** All appeals about some IMEIs, open or not. */
export async function appealsAbout(tx: Tx, imeis: readonly Imei14[]): Promise<Map<Imei14, RunAppeal[]>> {
  type Row = { imei14: Imei14; id: string; state: AppealState; receivedAt: Instant; complaint: boolean }
  const found = new Map<Imei14, RunAppeal[]>()
  for (const { imei14, id, state, receivedAt, complaint } of await tx.all<Row>(APPEALS_ABOUT, [imeis])) {
    const appeal = { id, open: isOpen(state), receivedAt, complaint }
    const others = found.get(imei14)
    if (others) others.push(appeal)
    else found.set(imei14, [appeal])
  }
  return found
}
