import { type Appeal, type AppealState, type EvidenceFile, personOf } from '../../../domain/appeal.ts'
import type { Imei14, Instant, IsoDate } from '../../../domain/fact.ts'
import { reusable } from '../../../domain/reusable.ts'
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
  readonly assigned_to: string | null
  readonly not_by: string[]
  readonly doc: Pick<
    Appeal,
    'route' | 'applicant' | 'claim' | 'evidence' | 'timeline' | 'proposal' | 'complaint' | 'revocation'
  >
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
    ...(r.assigned_to === null ? {} : { assignedTo: r.assigned_to }),
    ...(r.not_by.length === 0 ? {} : { notBy: r.not_by }),
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
    complaint: a.complaint ?? undefined,
    revocation: a.revocation ?? undefined,
  })

/** The appeal, held against other acts on it. */
export async function appealForUpdate(tx: Tx, id: string): Promise<StoredAppeal | null> {
  const row = await tx.one<AppealRow>('SELECT * FROM appeal WHERE id = $1 FOR UPDATE', [id])
  return row && stored(row)
}

/** The appeal as it is. */
export async function appealById(db: Sql, id: string): Promise<Appeal | null> {
  const row = await db.one<AppealRow>('SELECT * FROM appeal WHERE id = $1', [id])
  return row && stored(row).appeal
}

/** Open, held by nobody, can be decided today and by this officer. Bound: now, today, officer. */
const FREE = `state IN ('received', 'claimed', 'preliminary') AND (lease_until IS NULL OR lease_until <= $1)
     AND (state <> 'preliminary' OR hearing_at <= $2) AND NOT ($3 = ANY (not_by))`

/** What was handed or assigned to the officer comes first. */
export const NEXT_ASSIGNED = `SELECT * FROM appeal WHERE assigned_to = $3 AND ${FREE}
   ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`
/** By deadline; on the same day the first appeal of every applicant before anybody's second. Not what he has returned himself. */
export const NEXT_WAITING = `SELECT * FROM appeal WHERE assigned_to IS NULL AND ${FREE} AND NOT ($3 = ANY (returned_by))
   ORDER BY due_at, turn, received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`
/** What he has returned, when nothing else is left. */
export const NEXT_RETURNED = `SELECT * FROM appeal WHERE assigned_to IS NULL AND ${FREE}
   ORDER BY due_at, turn, received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`

/** The appeal an officer is given next. */
export async function nextWaiting(tx: Tx, now: Instant, today: IsoDate, officer: string): Promise<StoredAppeal | null> {
  for (const sql of [NEXT_ASSIGNED, NEXT_WAITING, NEXT_RETURNED]) {
    const row = await tx.one<AppealRow>(sql, [now, today, officer])
    if (row) return stored(row)
  }
  return null
}

/** Notes that an officer gave an appeal back: he is given others first. */
export const noteReturned = (tx: Tx, id: string, officer: string): Promise<number> =>
  tx.run('UPDATE appeal SET returned_by = array_append(array_remove(returned_by, $2), $2) WHERE id = $1', [id, officer])

/** Writes an appeal as it is now. */
export const saveAppeal = (tx: Tx, a: Appeal, lastToken: number): Promise<number> =>
  tx.run(
    `UPDATE appeal SET version = $2, state = $3, hearing_at = $4, lease_officer = $5, lease_desk = $6, lease_until = $7,
       lease_token = $8, doc = $9, due_at = $10, assigned_to = $11, not_by = $12 WHERE id = $1`,
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
      a.dueAt,
      a.assignedTo ?? null,
      a.notBy ?? [],
    ],
  )

/** Adds an appeal with the IMEIs it is about and its files. */
export async function addAppeal(tx: Tx, a: Appeal, imeis: readonly Imei14[]): Promise<void> {
  await tx.run(
    `INSERT INTO appeal (id, version, state, due_at, received_at, hearing_at, doc, applicant, turn)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT count(*) FROM appeal WHERE applicant = $8
       AND state NOT IN ('approved', 'rejected', 'referred', 'withdrawn')))`,
    [a.id, a.version, a.state, a.dueAt, a.receivedAt, a.hearingAt, docOf(a), personOf(a.applicant.key)],
  )
  await addKeys(tx, a)
  await tx.run('INSERT INTO appeal_imei (imei14, appeal) SELECT DISTINCT unnest($1::bigint[]), $2', [imeis, a.id])
  for (const e of a.evidence) await addEvidence(tx, a.id, e)
}

/** The numbers of its papers, by which reuse is found. */
const addKeys = async (tx: Tx, a: Pick<Appeal, 'id' | 'claim'>): Promise<void> => {
  for (const [what, value] of reusable({ claim: a.claim, evidence: [] }))
    await tx.run('INSERT INTO appeal_key (what, value, appeal) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      what,
      value,
      a.id,
    ])
}

/** Whether a paper of the appeal, or the very same file, serves another appeal too. */
export async function isReused(tx: Tx, a: Pick<Appeal, 'id' | 'claim' | 'evidence'>): Promise<boolean> {
  const keys = reusable({ claim: a.claim, evidence: [] })
  const row = await tx.one<{ found: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM evidence WHERE sha256 = ANY ($2) AND appeal <> $1)
         OR EXISTS (SELECT 1 FROM appeal_key k JOIN unnest($3::text[], $4::text[]) AS own(what, value)
                      ON own.what = k.what AND own.value = k.value WHERE k.appeal <> $1) AS found`,
    [a.id, a.evidence.map((e) => e.sha256), keys.map(([what]) => what), keys.map(([, value]) => value)],
  )
  return row?.found === true
}

/** Files that came with an answer. */
export async function addAnswered(tx: Tx, appeal: string, files: readonly EvidenceFile[]): Promise<void> {
  for (const file of files) await addEvidence(tx, appeal, file)
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
