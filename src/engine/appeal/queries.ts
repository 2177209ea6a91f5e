/** Statements of the appeals' queue and of what is compared with a claim. Their plans are held by tests. */

export const APPEAL_DOC = 'SELECT doc FROM appeal WHERE id = ?'
export const APPEAL_VERSION = 'SELECT version FROM appeal WHERE id = ?'

/** The queue by deadline, then number; `where` is one of QUEUE_FILTERS. Bound: its values, last row's due date and id, limit. */
export const queuePage = (where: string): string =>
  `SELECT id, doc FROM appeal WHERE ${where} AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?`
export const queueCount = (where: string): string => `SELECT count(*) FROM appeal WHERE ${where}`

/**
 * The same where a filter looks into many rows: the numbers of the page from `appeal_find`, which covers every filter, then their
 * documents.
 */
export const queuePageFound = (where: string): string =>
  `SELECT id, doc FROM appeal WHERE id IN (SELECT id FROM (
     SELECT due_at, id FROM appeal INDEXED BY appeal_find WHERE ${where} AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?))
   ORDER BY due_at, id`
export const queueCountFound = (where: string): string =>
  `SELECT count(*) FROM appeal INDEXED BY appeal_find WHERE ${where}`

/** How many appeals may be meant by some characters, counted up to a limit. Bound: the characters (`gramsOf`), limit. */
export const COUNT_MEANT = 'SELECT count(*) FROM (SELECT 1 FROM appeal_gram WHERE appeal_gram MATCH ? LIMIT ?)'
/** The few that may be meant; whether they are says QUEUE_FILTERS.text. Bound before all else: the characters. */
const MEANT = `(SELECT b.appeal FROM appeal_gram g CROSS JOIN appeal_brief b ON b.n = g.rowid WHERE g.appeal_gram MATCH ?) m
  CROSS JOIN appeal ON appeal.id = m.appeal`
export const queuePageMeant = (where: string): string =>
  `SELECT id, doc FROM ${MEANT} WHERE ${where} AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?`
export const queueCountMeant = (where: string): string => `SELECT count(*) FROM ${MEANT} WHERE ${where}`

/**
 * What an officer holds by a lease, was handed, or claimed while the registry could not be reached: few, so that they are found first and
 * then held against the filter. Bound before all else: officer, the time now, officer, the claimed as JSON.
 */
const MINE = `(SELECT id AS held FROM appeal INDEXED BY appeal_lease WHERE lease_officer = ? AND lease_until > ?
    UNION SELECT id FROM appeal INDEXED BY appeal_assigned WHERE assigned_to = ?
    UNION SELECT value FROM json_each(?)) m CROSS JOIN appeal ON appeal.id = m.held`
export const queuePageMine = (where: string): string =>
  `SELECT id, doc FROM ${MINE} WHERE ${where} AND (due_at, id) > (?, ?) ORDER BY due_at, id LIMIT ?`
export const queueCountMine = (where: string): string => `SELECT count(*) FROM ${MINE} WHERE ${where}`

/** Parts of a filter, joined by AND. */
export const QUEUE_FILTERS = {
  state: 'state = ?',
  open: 'open = 1',
  due: 'due_at <= ?',
  route: 'route = ?',
  officer: '(+lease_officer = ? OR +assigned_to = ?)',
  complaint: 'complaint = 1',
  text: "search LIKE ? ESCAPE '\\'",
} as const

export const OPEN_COUNTS = `SELECT count(*), coalesce(sum(due_at < ?1), 0), coalesce(sum(due_at >= ?1 AND due_at <= ?2), 0)
  FROM appeal INDEXED BY appeal_queue WHERE open = 1`
export const MINE_COUNT = `SELECT count(*) FROM appeal INDEXED BY appeal_lease
  WHERE lease_officer = ? AND lease_until > ? AND open = 1`
/** The batch by which an approval counts. */
export const DECISION_OF = `SELECT no FROM batch INDEXED BY batch_decision
  WHERE kind = 'decision' AND letter = ? AND added_seq IS NOT NULL AND ended_seq IS NULL`
/** The IMEIs of a small batch, ascending. */
export const IMEIS_OF_BATCH = 'SELECT imei14 FROM batch_imei WHERE batch = ? ORDER BY imei14'

const FREE = `open = 1 AND state IN ('received', 'claimed', 'preliminary') AND (lease_until IS NULL OR lease_until <= ?1)`

/** Held by nobody, by deadline. Bound: the time now, limit. */
export const NEXT_FREE = `SELECT doc FROM appeal INDEXED BY appeal_queue
  WHERE ${FREE} AND assigned_to IS NULL ORDER BY due_at, id LIMIT ?2`
/** Of them those that were handed to an officer. Bound also: the officer. */
export const NEXT_ASSIGNED = `SELECT doc FROM appeal INDEXED BY appeal_assigned
  WHERE ${FREE} AND assigned_to = ?3 ORDER BY due_at LIMIT ?2`
/**
 * Appeals that a person had open when he filed another one: the registry counted them then. One that is closed by now was open if
 * something was done to it since. Bound: the person, the other appeal, when that was received.
 */
export const FILED_BEFORE = `SELECT count(*) FROM appeal_key k CROSS JOIN appeal a ON a.id = k.appeal
  WHERE k.what = 'person' AND k.value = ?1 AND k.appeal < ?2
    AND (a.open = 1 OR json_extract(a.doc, '$.timeline[#-1].at') > ?3)`

/** A person's crossings as live lists report them; the same crossing may stand in several lists. */
export const CROSSINGS_OF_PERSON = `SELECT DISTINCT c.date, c.direction, c.document FROM crossing c CROSS JOIN batch b ON b.no = c.batch
  WHERE c.person = ? AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL ORDER BY c.date, c.direction DESC`

/** The same by the document somebody travelled with: a gift was brought by another person. */
export const CROSSINGS_OF_DOCUMENT = `SELECT DISTINCT c.date, c.direction, c.document FROM crossing c CROSS JOIN batch b ON b.no = c.batch
  WHERE c.document = ? AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL ORDER BY c.date, c.direction DESC`

export const APPEALS_WITH_KEY =
  'SELECT appeal FROM appeal_key WHERE what = ? AND value = ? AND appeal <> ? ORDER BY appeal LIMIT 20'
export const APPEALS_WITH_IMEI =
  'SELECT appeal FROM appeal_imei WHERE imei14 = ? AND appeal <> ? ORDER BY appeal LIMIT 20'
/** Documents of a declaration in live lists; the expression is that of the index `doc_declaration`. */
export const DECLARED_LINES = `SELECT d.batch, d.no, json_extract(d.data, '$.line'), json_extract(d.data, '$.quantity')
  FROM doc d CROSS JOIN batch b ON b.no = d.batch
  WHERE json_extract(d.data, '$.declaration') = ? AND d.op = 'add' AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL LIMIT 1000`
/** IMEIs of documents of a small batch, with the next one of the device. Bound: batch, documents as JSON. */
export const IMEIS_OF_DOCS = `SELECT f.imei14, f.next FROM batch_imei k CROSS JOIN fact f ON f.imei14 = k.imei14 AND f.batch = k.batch
  WHERE k.batch = ? AND f.doc IN (SELECT value FROM json_each(?))`
/** What appeals claim that rest on a declaration and were not refused. Bound: key of the declaration, the appeal that asks. */
export const CLAIMS_ON_DECLARATION = `SELECT json_extract(a.doc, '$.claim.declarationNo'), json_extract(a.doc, '$.claim.imeis')
  FROM appeal_key k CROSS JOIN appeal a ON a.id = k.appeal
  WHERE k.what = 'declaration' AND k.value = ? AND k.appeal <> ? AND a.state NOT IN ('rejected', 'withdrawn') LIMIT 1000`
export const DATA_OF_DOC = 'SELECT data FROM doc WHERE batch = ? AND no = ?'

export const DRAFT = 'SELECT doc, version FROM draft WHERE appeal = ? AND officer = ?'
export const DRAFT_COUNT = 'SELECT count(*) FROM draft WHERE officer = ?'

export const WAITING_APPEALS = `SELECT kind, subject, officer FROM outbox
  WHERE state IN ('held', 'queued', 'sending') AND kind IN ('decide-appeal', 'claim-appeal')`

export const SETTING = 'SELECT value FROM setting WHERE key = ?'
export const OFFICER = 'SELECT id, name, role FROM officer WHERE id = ?'

/** What was done in a period by appeal, in order; that it came in is nobody's work. Bound: from (included) and to (excluded), instants. */
export const STEPS_BETWEEN = `SELECT appeal, at, what, officer FROM appeal_step INDEXED BY appeal_step_at
  WHERE at >= ? AND at < ? AND what <> 'received' ORDER BY appeal, no`
/** Approvals of a period with the officer who decided, who filed and who sold. Bound as before. */
export const APPROVALS_BETWEEN = `SELECT s.appeal, b.applicant, b.seller, coalesce(
    (SELECT p.officer FROM appeal_step p WHERE p.appeal = s.appeal AND p.what = 'proposed' ORDER BY p.no DESC LIMIT 1), s.officer) AS officer
  FROM appeal_step s INDEXED BY appeal_step_at CROSS JOIN appeal_brief b ON b.appeal = s.appeal
  WHERE s.at >= ? AND s.at < ? AND s.what = 'approved' AND s.officer IS NOT NULL ORDER BY s.appeal, s.no`
export const OPEN_BY_DUE = 'SELECT due_at, count(*) FROM appeal INDEXED BY appeal_queue WHERE open = 1 GROUP BY due_at'
export const HELD_NOW = `SELECT lease_officer, count(*) FROM appeal INDEXED BY appeal_lease
  WHERE lease_officer IS NOT NULL AND lease_until > ? AND open = 1 GROUP BY lease_officer`

/** Drafts that the registry does not have as they are now. Bound: officer, limit. */
export const DRAFTS_CHANGED = `SELECT d.appeal, d.doc, coalesce(d.version, 0) AS version, d.at FROM draft d
  LEFT JOIN draft_shared s ON s.appeal = d.appeal AND s.officer = d.officer
  WHERE d.officer = ? AND (s.at IS NULL OR s.at < d.at) ORDER BY d.at LIMIT ?`
/** Drafts that the registry has and this desk has dropped since. */
export const DRAFTS_DROPPED = `SELECT s.appeal FROM draft_shared s
  LEFT JOIN draft d ON d.appeal = s.appeal AND d.officer = s.officer WHERE s.officer = ? AND d.appeal IS NULL LIMIT ?`
