/**
 * A segment carries the rows of a batch, content-addressed by the SHA-256 of its compressed bytes: a SQLite database compressed
 * with zstd. Both ends open the decompressed bytes from memory; they are never on disk in clear.
 *
 * - `fact`: one row an IMEI, sorted by key. `doc` names what it was reported in; `next` is another IMEI of the same device
 *   (the IMEIs of a device form a ring: 0 = the only one).
 * - `doc`: what rows share: a declaration line, a day of sightings, a police report. `data` is JSON without personal data beyond
 *   what the listing's reason needs.
 * - `crossing`, `tac`: rows of border and TAC batches.
 */
export const SEGMENT_SCHEMA = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE doc(no INTEGER PRIMARY KEY, op TEXT NOT NULL CHECK (op IN ('add','remove')), date TEXT NOT NULL, network TEXT, data TEXT NOT NULL) STRICT;
CREATE TABLE fact(imei14 INTEGER PRIMARY KEY, doc INTEGER NOT NULL, next INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE crossing(no INTEGER PRIMARY KEY, person TEXT NOT NULL, date TEXT NOT NULL, direction TEXT NOT NULL CHECK (direction IN ('entry','exit')), document TEXT NOT NULL, point TEXT NOT NULL) STRICT;
CREATE TABLE tac(tac INTEGER PRIMARY KEY, brand TEXT NOT NULL, model TEXT NOT NULL, data TEXT NOT NULL) STRICT;
`

/**
 * Raw observations of an operator's batch, beside its segments and packed like them: for the registry alone, in no event, on no other
 * desk. Rows by IMEI and day.
 */
export const OBSERVATION_SCHEMA = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE sighting(no INTEGER PRIMARY KEY, imei14 INTEGER NOT NULL, day TEXT NOT NULL, imsi TEXT, msisdn TEXT, rat TEXT, network TEXT NOT NULL CHECK (network IN ('home','roaming','m2m')), region TEXT) STRICT;
`

/** Keys of `meta`: format (SEGMENT_FORMAT), batch (id), kind, part, parts. */
export interface SegmentMeta {
  readonly format: number
  readonly batch: string
  readonly kind: string
  readonly part: number
  readonly parts: number
}

/** `doc.data` of the kinds of batch; absent keys were absent in the file. */
export interface DocData {
  readonly declaration?: string
  readonly line?: string
  /** Importer's BIN or IIN and name. */
  readonly bin?: string
  readonly importer?: string
  readonly brand?: string
  readonly model?: string
  readonly hs?: string
  readonly country?: string
  readonly quantity?: number
  readonly report?: string
  readonly appeal?: string
  readonly run?: string
  readonly rat?: string
  readonly region?: string
  readonly note?: string
}

/** Uncompressed limit of one segment; what is larger is refused as a bomb. Rows of a batch beyond `rows` go to the next part. */
export const SEGMENT_LIMITS = { rows: 1_000_000, bytes: 512 * 1024 * 1024 } as const

/** Documents of one batch are numbered below this: batch and document then fit one number that JSON keeps exactly. */
export const DOCS_A_BATCH = 2 ** 24

/** Largest row with its document: texts of 4,000 letters, and what SQLite adds. */
const MOST_A_ROW = 20_000
const EMPTY_SEGMENT = 1024 * 1024

/** What a segment of so many announced rows may unpack to at most; more is refused before it is unpacked. */
export const unpackedLimit = (rows: number): number =>
  Math.min(SEGMENT_LIMITS.bytes, EMPTY_SEGMENT + Math.max(0, rows) * MOST_A_ROW)
