/** Statements of lookup, explanation and lists. Their plans are held by tests. */

export const ENDED_SEQ_OF_BATCH = 'SELECT ended_seq FROM batch WHERE no = ?'

export const APPEALS_OF_IMEI = `SELECT a.id, a.state FROM appeal_imei i CROSS JOIN appeal a ON a.id = i.appeal
  WHERE i.imei14 = ? ORDER BY i.appeal`

/** Those that say what a list, and a reason unless null, says. */
const SAYING = 'entry IN (SELECT no FROM listing_entry WHERE list = ?1 AND (?2 IS NULL OR reason = ?2))'
/** Bound: list, reason or null, first and last key, limit. */
export const LISTINGS = `SELECT l.imei14, e.list, e.reason, e.since, nullif(e.deadline, '')
  FROM listed l CROSS JOIN listing_entry e ON e.no = l.entry
  WHERE l.${SAYING} AND l.imei14 > ?3 AND l.imei14 <= ?4 ORDER BY l.imei14 LIMIT ?5`
/** Bound: list, reason or null, first and last key. */
export const COUNT_IN_RANGE = `SELECT count(*) FROM listed WHERE ${SAYING} AND imei14 >= ?3 AND imei14 <= ?4`
export const COUNTS = 'SELECT list, reason, sum(count) FROM listing_entry WHERE count > 0 GROUP BY list, reason'
/** Only grey has a deadline. */
export const OVERDUE = `SELECT sum(count) FROM listing_entry WHERE deadline <> '' AND deadline < ?`

/** Number of the event with which the first policy began. */
export const FIRST_POLICY = 'SELECT min(from_seq) FROM policy'

/** Every IMEI that any fact names, live or not. Bound: last key, limit. */
export const KEYS_WITH_FACTS = 'SELECT DISTINCT imei14 FROM fact WHERE imei14 > ? ORDER BY imei14 LIMIT ?'

const DOC = `SELECT d.batch AS no, d.no AS doc, b.id AS batch, d.date, d.data, b.ended_seq IS NOT NULL AS ended`
const IN_NEWEST_LISTS = 'AND b.added_seq IS NOT NULL ORDER BY d.batch DESC, d.no LIMIT'
/** Bound: number, line or null for all, limit. */
export const DOCS_OF_DECLARATION = `${DOC} FROM doc d INDEXED BY doc_declaration CROSS JOIN batch b ON b.no = d.batch
  WHERE json_extract(d.data, '$.declaration') = ?1 AND (?2 IS NULL OR json_extract(d.data, '$.line') = ?2) ${IN_NEWEST_LISTS} ?3`
/** Bound: BIN or IIN, limit. */
export const DOCS_OF_BIN = `${DOC} FROM doc d INDEXED BY doc_bin CROSS JOIN batch b ON b.no = d.batch
  WHERE json_extract(d.data, '$.bin') = ? ${IN_NEWEST_LISTS} ?`
/** IMEIs of a document of a small batch. Bound: batch, last key, document, limit. */
export const IMEIS_OF_DOC = `SELECT k.imei14 FROM batch_imei k CROSS JOIN fact f ON f.imei14 = k.imei14 AND f.batch = k.batch
  WHERE k.batch = ? AND k.imei14 > ? AND f.doc = ? ORDER BY k.imei14 LIMIT ?`

const APPEAL = `SELECT a.id, a.state, json_extract(a.doc, '$.receivedAt'), json_extract(a.doc, '$.claim.imeis')`
const LATEST = `ORDER BY json_extract(a.doc, '$.receivedAt') DESC LIMIT ?`
export const APPEALS_OF_IIN = `${APPEAL} FROM appeal_key k CROSS JOIN appeal a ON a.id = k.appeal
  WHERE k.what = 'person' AND k.value = ? ${LATEST}`
export const APPEALS_OF_DECLARATION = `${APPEAL} FROM appeal_brief b INDEXED BY appeal_brief_declaration
  CROSS JOIN appeal a ON a.id = b.appeal WHERE b.declaration = ? ${LATEST}`

/** Everything that ever named an IMEI, ended or not. */
export const LIFE_OF_FACTS = `SELECT b.no, b.id, b.kind, b.state, b.by, b.added_seq, b.ended_seq, d.op
  FROM fact f CROSS JOIN batch b ON b.no = f.batch CROSS JOIN doc d ON d.batch = f.batch AND d.no = f.doc
  WHERE f.imei14 = ? AND b.added_seq IS NOT NULL ORDER BY b.added_seq`
export const LIFE_IN_RUNS = `SELECT r.id, r.state, r.by, r.at, r.signatures, i.part FROM blockrun r
  CROSS JOIN blockrun_imei i ON i.run = r.no AND i.part IN ('block', 'held', 'conflict', 'dropped') AND i.imei14 = ?
  ORDER BY r.no`
export const MOMENT_OF = 'SELECT at FROM moment WHERE seq = ?'
export const APPEAL_DOCS_OF_IMEI = `SELECT a.doc FROM appeal_imei i CROSS JOIN appeal a ON a.id = i.appeal
  WHERE i.imei14 = ? ORDER BY i.appeal`
export const POLICIES_SINCE =
  'SELECT version, from_seq FROM policy WHERE from_seq > 0 AND from_seq <= ? ORDER BY from_seq'
export const POLICY_OF_VERSION = 'SELECT doc FROM policy WHERE version = ?'
/** Every grey and black IMEI. Bound: last key, limit. */
export const KEYS_LISTED = 'SELECT imei14 FROM listed WHERE imei14 > ? ORDER BY imei14 LIMIT ?'
export const LISTED_COUNT = 'SELECT sum(count) FROM listing_entry'

/** Warnings to the holder of an IMEI, by the list they were issued with. */
export const LIFE_IN_NOTICES = `SELECT i.id, i.at, i.by, n.stage, n.state FROM notice n CROSS JOIN notice_issue i ON i.no = n.issue
  WHERE n.imei14 = ? ORDER BY i.no`
/** What operators said of an IMEI that they did not simply apply. */
export const LIFE_IN_RECEIPTS = `SELECT r.id, r.at, r.by, r.operator, i.state FROM receipt_imei i CROSS JOIN receipt r ON r.no = i.receipt
  WHERE i.imei14 = ? ORDER BY r.no`
export const LIFE_IN_VIOLATIONS = 'SELECT operator, first_day FROM violation WHERE imei14 = ? ORDER BY operator'
export const LIFE_IN_CLONES = 'SELECT id, opened_at, by, state, ended_at FROM clone_case WHERE imei14 = ? ORDER BY no'
export const FACTS_COUNT = 'SELECT sum(rows) FROM batch WHERE added_seq IS NOT NULL AND ended_seq IS NULL'
