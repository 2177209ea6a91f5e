import type { NoticeIssue } from '../../contract/engine/notices.ts'
import type { Traited } from '../../contract/gridFilter.ts'
import type { Imei14, IsoDate, Operator } from '../../domain/fact.ts'
import type { ListingReason } from '../../domain/listing.ts'
import type { NoticeStage } from '../../domain/notice.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'

const ISSUE =
  'SELECT no, id AS issue, operator, day, first, reminder, last, rows, delivered, failed, by, at, asked FROM notice_issue'

type IssueRow = Omit<NoticeIssue, 'where'> & { readonly asked: string | null }

const issueOf = ({ asked, ...row }: IssueRow): NoticeIssue => ({
  ...row,
  where: asked === null ? null : (JSON.parse(asked) as NoticeIssue['where']),
})

/** Lists of warnings that were issued, the latest first. */
export const noticeIssues = (cache: Reader): NoticeIssue[] =>
  cache.query<IssueRow>(`${ISSUE} ORDER BY no DESC LIMIT 1000`).all().map(issueOf)

/** One by its number or id; throws `notice-unknown`. */
export function issueOrTrouble(cache: Reader, name: string): NoticeIssue {
  const row = /^\d{1,15}$/.test(name)
    ? cache.query<IssueRow>(`${ISSUE} WHERE no = ?`).get(Number(name))
    : cache.query<IssueRow>(`${ISSUE} WHERE id = ?`).get(name.toLowerCase())
  if (!row) throw trouble('notice-unknown', { issue: name })
  return issueOf(row)
}

export const GREY_WITH_NOTICES = `SELECT l.imei14, l.entry, (SELECT json_group_array(n.stage) FROM notice n WHERE n.imei14 = l.imei14)
  FROM listed l WHERE l.imei14 > ?1 AND l.imei14 <= ?2 AND l.entry IN (SELECT value FROM json_each(?4)) ORDER BY l.imei14 LIMIT ?3`
const GREY_ENTRIES = `SELECT no, reason, since, deadline, nullif(operator, ''), nullif(region, ''), nullif(importer, '')
  FROM listing_entry WHERE list = 'grey' AND count > 0`

/** What is said of grey IMEIs, by the number of the entry. */
export function greyEntries(cache: Reader): Map<number, Traited> {
  type Row = [
    no: number,
    reason: ListingReason,
    since: IsoDate,
    deadline: IsoDate,
    operator: Operator | null,
    region: string | null,
    importer: string | null,
  ]
  return new Map(
    cache
      .rows<Row>(GREY_ENTRIES)
      .all()
      .map(([no, reason, since, deadline, operator, region, importer]) => [
        no,
        { list: 'grey', reason, since, deadline, operator, region, importer },
      ]),
  )
}

/** IMEIs of some entries, as JSON, after one and up to another, with the number of their entry and the warnings there were about each. */
export const greyWithNotices = (
  cache: Reader,
  entries: string,
  after: Imei14,
  last: Imei14,
  limit: number,
): { imei14: Imei14; entry: number; given: NoticeStage[] }[] =>
  cache
    .rows<[Imei14, number, string]>(GREY_WITH_NOTICES)
    .all(after, last, limit, entries)
    .map(([imei14, entry, given]) => ({ imei14, entry, given: JSON.parse(given) as NoticeStage[] }))
