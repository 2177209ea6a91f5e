import type { Appeal, AppealState, EvidenceFile } from '../../../domain/appeal.ts'
import type { Imei14, Instant, IsoDate } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

interface AppealRow {
  readonly id: string
  readonly version: number
  readonly state: AppealState
  readonly due_at: IsoDate
  readonly received_at: Instant
  readonly hearing_at: IsoDate | null
  readonly lease_officer: string | null
  readonly lease_desk: string | null
  readonly lease_until: Instant | null
  readonly lease_token: number
  readonly doc: Pick<Appeal, 'route' | 'applicant' | 'claim' | 'evidence' | 'timeline' | 'proposal'>
}

/** An appeal and the highest fencing token it ever gave out. */
export interface StoredAppeal {
  readonly appeal: Appeal
  readonly lastToken: number
}

const stored = (r: AppealRow): StoredAppeal => ({
  lastToken: r.lease_token,
  appeal: {
    id: r.id,
    state: r.state,
    version: r.version,
    receivedAt: r.received_at,
    dueAt: r.due_at,
    hearingAt: r.hearing_at,
    lease:
      r.lease_officer && r.lease_desk && r.lease_until
        ? { officer: r.lease_officer, desk: r.lease_desk, until: r.lease_until, token: r.lease_token }
        : null,
    ...r.doc,
  },
})

const docOf = (a: Appeal): string =>
  JSON.stringify({
    route: a.route,
    applicant: a.applicant,
    claim: a.claim,
    evidence: a.evidence,
    timeline: a.timeline,
    proposal: a.proposal,
  })

/** The appeal, held against other acts on it. */
export async function appealForUpdate(tx: Tx, id: string): Promise<StoredAppeal | null> {
  const row = await tx.one<AppealRow>('SELECT * FROM appeal WHERE id = $1 FOR UPDATE', [id])
  return row && stored(row)
}

export const NEXT_WAITING = `SELECT * FROM appeal
   WHERE state IN ('received', 'claimed', 'preliminary') AND (lease_until IS NULL OR lease_until <= $1)
     AND (state <> 'preliminary' OR hearing_at <= $2)
   ORDER BY due_at, received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`

/** The open appeal with the nearest deadline that nobody holds and that can be decided today. */
export async function nextWaiting(tx: Tx, now: Instant, today: IsoDate): Promise<StoredAppeal | null> {
  const row = await tx.one<AppealRow>(NEXT_WAITING, [now, today])
  return row && stored(row)
}

/** Writes an appeal as it is now. */
export const saveAppeal = (tx: Tx, a: Appeal, lastToken: number): Promise<number> =>
  tx.run(
    `UPDATE appeal SET version = $2, state = $3, hearing_at = $4, lease_officer = $5, lease_desk = $6, lease_until = $7,
       lease_token = $8, doc = $9 WHERE id = $1`,
    [
      a.id,
      a.version,
      a.state,
      a.hearingAt,
      a.lease?.officer ?? null,
      a.lease?.desk ?? null,
      a.lease?.until ?? null,
      lastToken,
      docOf(a),
    ],
  )

/** Adds an appeal with the IMEIs it is about and its files. */
export async function addAppeal(tx: Tx, a: Appeal, imeis: readonly Imei14[]): Promise<void> {
  await tx.run(
    'INSERT INTO appeal (id, version, state, due_at, received_at, hearing_at, doc) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [a.id, a.version, a.state, a.dueAt, a.receivedAt, a.hearingAt, docOf(a)],
  )
  await tx.run('INSERT INTO appeal_imei (imei14, appeal) SELECT DISTINCT unnest($1::bigint[]), $2', [imeis, a.id])
  for (const e of a.evidence) await addEvidence(tx, a.id, e)
}

const addEvidence = (tx: Tx, appeal: string, e: EvidenceFile): Promise<number> =>
  tx.run('INSERT INTO evidence (appeal, file, sha256, bytes, type) VALUES ($1, $2, $3, $4, $5)', [
    appeal,
    e.file,
    e.sha256,
    e.bytes,
    e.type,
  ])

/** Next number of a year's appeals. */
export async function nextOfYear(tx: Tx, year: number): Promise<number> {
  const row = await tx.one<{ last: number }>(
    `INSERT INTO appeal_year (year, last) VALUES ($1, 1)
     ON CONFLICT (year) DO UPDATE SET last = appeal_year.last + 1 RETURNING last`,
    [year],
  )
  if (!row) throw new Error('the year gave no number')
  return row.last
}

/** Appeals numbered elsewhere (sample data): the year's numbers go on behind them. */
export const raiseYear = (tx: Tx, year: number, last: number): Promise<number> =>
  tx.run(
    `INSERT INTO appeal_year (year, last) VALUES ($1, $2)
     ON CONFLICT (year) DO UPDATE SET last = greatest(appeal_year.last, excluded.last)`,
    [year, last],
  )

/** IMEIs about which an appeal is open. */
export const openAppealImeis = async (db: Sql): Promise<Set<Imei14>> =>
  new Set(
    (
      await db.all<{ imei14: Imei14 }>(
        `SELECT DISTINCT i.imei14 FROM appeal_imei i JOIN appeal a ON a.id = i.appeal
         WHERE a.state NOT IN ('approved', 'rejected', 'referred', 'withdrawn')`,
      )
    ).map((row) => row.imei14),
  )
