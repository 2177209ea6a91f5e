/** Statements of the lists in the registry's screen. Their plans are held by tests. */

const ROW = 'imei14, list, reason, since, deadline, operator, region, importer'
/** The lists in order of IMEI, for the index. Bound: last key, limit. */
export const ALL_ROWS = `SELECT ${ROW} FROM listing WHERE imei14 > ? ORDER BY imei14 LIMIT ?`
/** Rows of some IMEIs, given as a JSON array in ascending order. */
export const ROWS_OF_KEYS = `SELECT ${ROW.split(', ')
  .map((name) => `l.${name}`)
  .join(', ')} FROM json_each(?) k CROSS JOIN listing l ON l.imei14 = k.value`

export const LOG_ENDS = 'SELECT (SELECT min(n) FROM listing_log), (SELECT max(n) FROM listing_log)'
/** Bound: last number read. */
export const LOG_AFTER = 'SELECT DISTINCT imei14 FROM listing_log WHERE n > ? ORDER BY imei14'

/** Every IMEI of a range that any fact names, live or not. Bound: last key, end of the range, limit. */
export const KEYS_IN_RANGE = 'SELECT DISTINCT imei14 FROM fact WHERE imei14 > ? AND imei14 <= ? ORDER BY imei14 LIMIT ?'

export const VIEWS = 'SELECT id, name, filter, by, at FROM saved_view ORDER BY name'
export const PUT_VIEW = `INSERT INTO saved_view(id, name, filter, by, at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (name) DO UPDATE SET filter = excluded.filter, by = excluded.by, at = excluded.at`
export const VIEW_NAMED = 'SELECT id FROM saved_view WHERE name = ?'
export const DROP_VIEW = 'DELETE FROM saved_view WHERE id = ?'
