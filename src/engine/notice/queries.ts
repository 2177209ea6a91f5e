import type { NoticeIssue } from '../../contract/engine/notices.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import type { NoticeStage } from '../../domain/notice.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'

const ISSUE =
  'SELECT no, id AS issue, operator, day, first, reminder, last, rows, delivered, failed, by, at FROM notice_issue'

/** Lists of warnings that were issued, the latest first. */
export const noticeIssues = (cache: Reader): NoticeIssue[] =>
  cache.query<NoticeIssue>(`${ISSUE} ORDER BY no DESC LIMIT 1000`).all()

/** One by its number or id; throws `notice-unknown`. */
export function issueOrTrouble(cache: Reader, name: string): NoticeIssue {
  const row = /^\d{1,15}$/.test(name)
    ? cache.query<NoticeIssue>(`${ISSUE} WHERE no = ?`).get(Number(name))
    : cache.query<NoticeIssue>(`${ISSUE} WHERE id = ?`).get(name.toLowerCase())
  if (!row) throw trouble('notice-unknown', { issue: name })
  return row
}

export const GREY_WITH_NOTICES = `SELECT l.imei14, l.deadline, (SELECT json_group_array(n.stage) FROM notice n WHERE n.imei14 = l.imei14)
  FROM listing l WHERE l.list = 'grey' AND l.imei14 > ? ORDER BY l.imei14 LIMIT ?`

/** Grey IMEIs with the warnings there were about each, those after an IMEI. */
export const greyWithNotices = (
  cache: Reader,
  after: Imei14,
  limit: number,
): { imei14: Imei14; deadline: IsoDate; given: NoticeStage[] }[] =>
  cache
    .rows<[Imei14, IsoDate, string]>(GREY_WITH_NOTICES)
    .all(after, limit)
    .map(([imei14, deadline, given]) => ({ imei14, deadline, given: JSON.parse(given) as NoticeStage[] }))
