/** Statements of lookup, explanation and lists. Their plans are held by tests. */

export const ENDED_SEQ_OF_BATCH = 'SELECT ended_seq FROM batch WHERE no = ?'

export const APPEALS_OF_IMEI = `SELECT a.id, a.state FROM appeal_imei i CROSS JOIN appeal a ON a.id = i.appeal
  WHERE i.imei14 = ? ORDER BY i.appeal`

const PAGE = 'SELECT imei14, list, reason, since, deadline FROM listing'
/** Bound: list, first and last key, limit. */
export const LISTINGS_OF_LIST = `${PAGE} INDEXED BY listing_list
  WHERE list = ? AND imei14 > ? AND imei14 <= ? ORDER BY imei14 LIMIT ?`
/** Bound: list, reason, first and last key, limit. */
export const LISTINGS_OF_REASON = `${PAGE} INDEXED BY listing_reason
  WHERE list = ? AND reason = ? AND imei14 > ? AND imei14 <= ? ORDER BY imei14 LIMIT ?`
export const COUNT_OF_LIST =
  'SELECT count(*) FROM listing INDEXED BY listing_list WHERE list = ? AND imei14 >= ? AND imei14 <= ?'
export const COUNT_OF_REASON =
  'SELECT count(*) FROM listing INDEXED BY listing_reason WHERE list = ? AND reason = ? AND imei14 >= ? AND imei14 <= ?'
export const COUNTS = 'SELECT list, reason, count(*) FROM listing INDEXED BY listing_reason GROUP BY list, reason'
/** Only grey has a deadline. */
export const OVERDUE = 'SELECT count(*) FROM listing INDEXED BY listing_deadline WHERE deadline < ?'

/** Every IMEI that any fact names, live or not. Bound: last key, limit. */
export const KEYS_WITH_FACTS = 'SELECT DISTINCT imei14 FROM fact WHERE imei14 > ? ORDER BY imei14 LIMIT ?'
