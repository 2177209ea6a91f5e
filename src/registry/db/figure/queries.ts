import type { IsoDate, Seq } from '../../../domain/fact.ts'
import type { FigureChange } from '../../../domain/figureTally.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

/** What lists can be counted by. */
const FIELDS = {
  list: 'list',
  reason: 'reason',
  month: "to_char(since, 'YYYY-MM')",
  deadline: "coalesce(deadline::text, '')",
} as const
export type FigureField = keyof typeof FIELDS

export interface FiguresAsked {
  readonly list: 'white' | 'grey' | 'black' | null
  readonly by: FigureField
  readonly from: IsoDate
  readonly to: IsoDate
}

export interface FigureGroup {
  readonly key: string
  readonly count: number
}

/** Listings as of an event that began within a period, from what each act added and took away. */
export const figuresSql = (by: FigureField): string =>
  `SELECT ${FIELDS[by]} AS key, sum(f.change)::bigint AS count
   FROM listing_figure f JOIN act a ON a.no = f.act
   WHERE a.seq <= $1 AND ($2::text IS NULL OR f.list = $2) AND f.since BETWEEN $3 AND $4
   GROUP BY 1 HAVING sum(f.change) <> 0 ORDER BY 1`

/** Groups by key. */
export const figuresAt = (db: Sql, seq: Seq, { list, by, from, to }: FiguresAsked): Promise<FigureGroup[]> =>
  db.all<FigureGroup>(figuresSql(by), [seq, list, from, to])

/** Event from which white is counted; null: not yet. */
export const whiteFrom = async (db: Sql): Promise<Seq | null> =>
  (await db.one<{ seq: Seq | null }>('SELECT white_from AS seq FROM listing_figure_state'))?.seq ?? null

/** White is counted as of the last act: its sums are put to that act. */
export async function putWhite(tx: Tx, changes: readonly FigureChange[]): Promise<void> {
  for (const { listing: l, change } of changes)
    await tx.run(
      `INSERT INTO listing_figure (act, list, reason, since, deadline, change)
       SELECT max(no), $1, $2, $3, $4, $5 FROM act WHERE seq IS NOT NULL`,
      [l.list, l.reason, l.since, l.deadline, change],
    )
  await tx.run('UPDATE listing_figure_state SET white_from = (SELECT max(coalesce(last_seq, seq)) FROM act)')
}
