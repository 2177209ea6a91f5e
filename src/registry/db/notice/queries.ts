import type { Imei14, Instant, IsoDate, Operator } from '../../../domain/fact.ts'
import type { NoticeStage, NoticeState } from '../../../domain/notice.ts'
import { copyIn } from '../copyIn.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

/** A grey IMEI whose latest subscriber at home is the operator's, with the warnings there were about it. */
export interface Candidate {
  readonly imei14: Imei14
  readonly deadline: IsoDate
  readonly given: readonly NoticeStage[]
}

export const CANDIDATES = `SELECT l.imei14, l.deadline,
    coalesce((SELECT array_agg(n.stage) FROM notice n WHERE n.imei14 = l.imei14), '{}') AS given
  FROM listing l
  JOIN LATERAL (SELECT s.operator FROM sighting s WHERE s.imei14 = l.imei14 AND s.network = 'home' AND s.msisdn <> ''
    ORDER BY s.day DESC, s.operator LIMIT 1) latest ON latest.operator = $1
  WHERE l.list = 'grey' AND l.imei14 > $2 ORDER BY l.imei14 LIMIT $3`

export const candidatesAfter = (tx: Tx, operator: Operator, after: Imei14, limit: number): Promise<Candidate[]> =>
  tx.all<Candidate>(CANDIDATES, [operator, after, limit])

export async function nextIssueNo(tx: Tx): Promise<number> {
  return (await tx.one<{ no: number }>('SELECT coalesce(max(no), 0) + 1 AS no FROM notice_issue'))?.no ?? 1
}

export async function addIssue(
  tx: Tx,
  issue: { no: number; id: string; operator: Operator; day: IsoDate; by: string; at: Instant },
  rows: Iterable<{ imei14: Imei14; stage: NoticeStage; deadline: IsoDate }>,
): Promise<void> {
  await tx.run('INSERT INTO notice_issue (no, id, operator, day, made_by, issued_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    issue.no,
    issue.id,
    issue.operator,
    issue.day,
    issue.by,
    issue.at,
  ])
  const copied = function* () {
    for (const row of rows) yield [row.imei14, issue.no, row.stage, row.deadline] as const
  }
  await copyIn(tx, 'notice', ['imei14', 'issue', 'stage', 'deadline'], copied())
}

export const issueById = (db: Sql, id: string): Promise<{ no: number; operator: Operator } | null> =>
  db.one('SELECT no, operator FROM notice_issue WHERE id = $1', [id])

/** Notes what became of some warnings; answers how many there were. */
export const setDelivery = (tx: Tx, issue: number, imeis: readonly Imei14[], state: NoticeState): Promise<number> =>
  imeis.length === 0
    ? Promise.resolve(0)
    : tx.run('UPDATE notice SET state = $3 WHERE issue = $1 AND imei14 = ANY($2)', [issue, imeis, state])

export interface NoticeRow {
  readonly imei14: Imei14
  readonly stage: NoticeStage
  readonly deadline: IsoDate
  readonly msisdn: string
}

export const NOTICES_OF_ISSUE = `SELECT n.imei14, n.stage, n.deadline,
    coalesce((SELECT s.msisdn FROM sighting s WHERE s.imei14 = n.imei14 AND s.operator = $2
      AND s.network = 'home' AND s.msisdn <> '' ORDER BY s.day DESC LIMIT 1), '') AS msisdn
  FROM notice n WHERE n.issue = $1 AND n.imei14 > $3 ORDER BY n.imei14 LIMIT $4`

/** Warnings of an issue with the number last seen with the IMEI, by IMEI. */
export const noticesAfter = (
  db: Sql,
  issue: number,
  operator: Operator,
  after: Imei14,
  limit: number,
): Promise<NoticeRow[]> => db.all<NoticeRow>(NOTICES_OF_ISSUE, [issue, operator, after, limit])

export const WARNINGS_ABOUT =
  'SELECT imei14, array_agg(state) AS states FROM notice WHERE imei14 = ANY($1) GROUP BY imei14'

/** How the warnings about some IMEIs stand. */
export async function warningsAbout(db: Sql, imeis: readonly Imei14[]): Promise<Map<Imei14, NoticeState[]>> {
  const rows = await db.all<{ imei14: Imei14; states: NoticeState[] }>(WARNINGS_ABOUT, [imeis])
  return new Map(rows.map((row) => [row.imei14, row.states]))
}
