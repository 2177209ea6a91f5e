/**
 * Staged rows of one batch: an encrypted file of its own, so that dropping them is deleting a file, and a crash leaves at most a file
 * that nothing names.
 * - fact_block: the facts in order of IMEI, some thousand in a row, column by column (factBlocks.ts).
 * - rare_move: IMEIs whose move is rare in the file, so that they are found among millions (moves.ts).
 * - gone: IMEIs of the full list that this one replaces which are not in it.
 * - reject: cells of a rejected row as they were judged; warned: those of rows that were accepted with a remark, the first ones.
 * - observation: accepted rows of an operator as they were observed, for the registry alone.
 * - checkpoint: while the rows are judged, what is needed to go on after the last of them, besides the log of judged rows
 *   (judgedLog.ts); empty in a finished file.
 * - original: what the sender wrote in the cells of a row that corrections changed, by column.
 */
export const STAGING_SCHEMA = `
CREATE TABLE doc(no INTEGER PRIMARY KEY, op TEXT NOT NULL, date TEXT NOT NULL, network TEXT, data TEXT NOT NULL) STRICT;
CREATE TABLE fact_block(last INTEGER PRIMARY KEY, count INTEGER NOT NULL, keys BLOB NOT NULL, docs BLOB NOT NULL, next BLOB NOT NULL, moves BLOB NOT NULL) STRICT;
CREATE TABLE rare_move(move INTEGER NOT NULL, imei14 INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (move, imei14)) STRICT, WITHOUT ROWID;
CREATE TABLE gone(imei14 INTEGER PRIMARY KEY, move INTEGER NOT NULL) STRICT;
CREATE TABLE tac(tac INTEGER PRIMARY KEY, brand TEXT NOT NULL, model TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE crossing(text TEXT PRIMARY KEY, person TEXT NOT NULL, date TEXT NOT NULL, direction TEXT NOT NULL, document TEXT NOT NULL, point TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE problem(row INTEGER NOT NULL, ord INTEGER NOT NULL, code TEXT NOT NULL, error INTEGER NOT NULL, field TEXT, value TEXT NOT NULL, details TEXT NOT NULL, PRIMARY KEY (row, ord)) STRICT, WITHOUT ROWID;
CREATE TABLE reject(row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
CREATE TABLE warned(row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
CREATE TABLE original(row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
CREATE TABLE observation(imei14 INTEGER NOT NULL, day TEXT NOT NULL, imsi TEXT, msisdn TEXT, rat TEXT, network TEXT NOT NULL, region TEXT) STRICT;
CREATE TABLE checkpoint(last_row INTEGER PRIMARY KEY, judged_end INTEGER NOT NULL, counts TEXT NOT NULL) STRICT;
`

/** Made when all rows are in. */
export const STAGING_INDEXES = 'CREATE INDEX problem_code ON problem(code, row);'

export type StagingTable =
  | 'doc'
  | 'fact_block'
  | 'rare_move'
  | 'gone'
  | 'tac'
  | 'crossing'
  | 'problem'
  | 'reject'
  | 'warned'
  | 'original'
  | 'observation'

/** Columns of each table, in the order rows are given. */
export const STAGING_COLUMNS: Readonly<Record<StagingTable, readonly string[]>> = {
  doc: ['no', 'op', 'date', 'network', 'data'],
  fact_block: ['last', 'count', 'keys', 'docs', 'next', 'moves'],
  rare_move: ['move', 'imei14', 'doc'],
  gone: ['imei14', 'move'],
  tac: ['tac', 'brand', 'model', 'data'],
  crossing: ['text', 'person', 'date', 'direction', 'document', 'point'],
  problem: ['row', 'ord', 'code', 'error', 'field', 'value', 'details'],
  reject: ['row', 'cells'],
  warned: ['row', 'cells'],
  original: ['row', 'cells'],
  observation: ['imei14', 'day', 'imsi', 'msisdn', 'rat', 'network', 'region'],
}
