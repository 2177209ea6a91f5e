/** Statements about evidence: what was read, and how pictures look. */

export const APPEAL_DOC = 'SELECT doc FROM appeal WHERE id = ?'
export const READING = 'SELECT doc FROM evidence_reading WHERE sha256 = ? AND reader = ?'
export const KEEP_READING = `INSERT INTO evidence_reading(sha256, reader, doc, at) VALUES (?, ?, ?, ?)
  ON CONFLICT (sha256) DO UPDATE SET reader = excluded.reader, doc = excluded.doc, at = excluded.at`

/** A page as it was drawn before. Bound: file, page, longest side. */
export const PREVIEW = 'SELECT drawn, doc FROM evidence_preview WHERE sha256 = ? AND page = ? AND longest = ?'
export const KEEP_PREVIEW = `INSERT INTO evidence_preview(sha256, page, longest, drawn, doc) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (sha256, page, longest) DO UPDATE SET drawn = excluded.drawn, doc = excluded.doc`

/** Fingerprints that came after the last one known. Bound: its number, limit. */
export const LOOKS_AFTER = 'SELECT n, look FROM evidence_look WHERE n > ? ORDER BY n LIMIT ?'
export const LOOK_NEWEST = 'SELECT coalesce(max(n), 0) FROM evidence_look'
export const LOOK = 'SELECT sha256, appeal, look FROM evidence_look WHERE n = ?'
export const LOOKS_OF_APPEAL = 'SELECT sha256, look FROM evidence_look WHERE appeal = ?'

/** Papers, numbers and IMEIs that stand in more than one appeal. */
export const SHARED_KEYS = `SELECT what, value, json_group_array(appeal) FROM appeal_key
  WHERE what IN ('evidence', 'receipt', 'crossing', 'tracking') GROUP BY what, value HAVING count(*) > 1`
export const SHARED_IMEIS = `SELECT 'imei', printf('%014d', imei14), json_group_array(appeal) FROM appeal_imei
  GROUP BY imei14 HAVING count(*) > 1`
