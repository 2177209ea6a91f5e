import type { IsoDate, Operator, Seq } from '../../../domain/fact.ts'
import type { FileRow } from '../../../domain/operatorFile.ts'
import type { Tx } from '../transaction.ts'

const FETCH = 20_000

async function* fetched<R extends object>(tx: Tx, sql: string, values: readonly unknown[]): AsyncGenerator<R[]> {
  await tx.run('SET LOCAL cursor_tuple_fraction = 1')
  await tx.run(`DECLARE entries NO SCROLL CURSOR FOR ${sql}`, values)
  for (;;) {
    const rows = await tx.all<R>(`FETCH FORWARD ${FETCH} FROM entries`)
    yield rows
    if (rows.length < FETCH) break
  }
  await tx.run('CLOSE entries')
}

type Stored = Pick<FileRow, 'imei14' | 'reason' | 'since' | 'deadline'>
const entry = (row: Stored): FileRow => ({ ...row, imsi: '', msisdn: '' })

/** A stored list as it is, by IMEI. */
export async function* storedEntries(tx: Tx, list: 'black' | 'grey'): AsyncGenerator<FileRow[]> {
  const sql = 'SELECT imei14, reason, since, deadline FROM listing WHERE list = $1 ORDER BY imei14'
  for await (const rows of fetched<Stored>(tx, sql, [list])) yield rows.map(entry)
}

interface Turned {
  readonly imei14: number
  readonly list: string | null
  readonly reason: string
  readonly since: IsoDate
  readonly deadline: IsoDate | null
  readonly fromList: string
  readonly fromReason: string
  readonly fromSince: IsoDate
  readonly fromDeadline: IsoDate | null
}

/** The first change of each IMEI after a number says what it was then; the stored listing what it is. Bound: number. */
export const TURNED_SINCE = `SELECT t.imei14, l.list, l.reason, l.since, l.deadline, t.from_list AS "fromList",
    t.from_reason AS "fromReason", t.from_since AS "fromSince", t.from_deadline AS "fromDeadline"
  FROM (SELECT DISTINCT ON (c.imei14) c.* FROM act a JOIN listing_change c ON c.act = a.no WHERE a.seq > $1 ORDER BY c.imei14, a.seq) t
  LEFT JOIN listing l ON l.imei14 = t.imei14 ORDER BY t.imei14`

/** What entries of a list were at a number and are now, by IMEI; null: not on it. */
export async function* turnedEntries(
  tx: Tx,
  list: 'black' | 'grey',
  since: Seq,
): AsyncGenerator<{ before: FileRow | null; after: FileRow | null }[]> {
  for await (const rows of fetched<Turned>(tx, TURNED_SINCE, [since]))
    yield rows.map(({ imei14, ...t }) => ({
      before:
        t.fromList === list
          ? entry({ imei14, reason: t.fromReason, since: t.fromSince, deadline: t.fromDeadline })
          : null,
      after: t.list === list ? entry({ imei14, reason: t.reason, since: t.since, deadline: t.deadline }) : null,
    }))
}

/** Genuine holders whom an operator lets through although their code is blocked, by IMEI. */
export const exceptionEntries = async (tx: Tx, operator: Operator): Promise<FileRow[]> =>
  (
    await tx.all<{ imei14: number; imsi: string; msisdn: string; since: IsoDate }>(
      `SELECT e.imei14, e.imsi, coalesce(c.holder ->> 'msisdn', '') AS msisdn, l.since FROM exception e
       JOIN clone_case c ON c.no = e.case_no JOIN listing l ON l.imei14 = e.imei14
       WHERE c.holder ->> 'operator' = $1 ORDER BY e.imei14, e.imsi`,
      [operator],
    )
  ).map((row) => ({ ...row, reason: 'clone', deadline: null }))
