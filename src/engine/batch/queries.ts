import type { Batch } from '../../contract/engine/batch.ts'
import type { BatchState } from '../../domain/batch.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'

interface Stored {
  readonly no: number
  readonly id: string
  readonly kind: Batch['kind']
  readonly source: Batch['source']
  readonly letter: string
  readonly letter_date: string | null
  readonly steps: string
  readonly file: string
  readonly counts: string
  readonly effect: string
  readonly by: string
  readonly signed_by: string
  readonly state: 'proposed' | 'committed' | 'withdrawn' | 'undone' | 'replaced'
  readonly seq: number
  readonly at: string
  readonly undo: string | null
}

const COLUMNS =
  'no, id, kind, source, letter, letter_date, steps, file, counts, effect, by, signed_by, state, seq, at, undo'

/** A list that a newer full list replaced was committed all the same; one its second officer sent back never counted. */
const STATE: Readonly<Record<Stored['state'], BatchState>> = {
  proposed: 'awaiting-signature',
  committed: 'committed',
  replaced: 'committed',
  withdrawn: 'refused',
  undone: 'undone',
}

const batchOf = (row: Stored): Batch => {
  const undo = row.undo === null ? null : (JSON.parse(row.undo) as NonNullable<Batch['undo']>)
  return {
    batch: row.id,
    no: row.no,
    kind: row.kind,
    source: row.source,
    state: STATE[row.state],
    letter: row.letter,
    letterDate: row.letter_date,
    steps: JSON.parse(row.steps) as Batch['steps'],
    file: row.file,
    counts: JSON.parse(row.counts) as Batch['counts'],
    effect: JSON.parse(row.effect) as Batch['effect'],
    by: row.by,
    signedBy: JSON.parse(row.signed_by) as string[],
    seq: row.seq,
    at: row.at,
    undo: undo && { reason: undo.reason, by: undo.by, pending: undo.pending },
  }
}

/** Batches the mirror knows, the newest first. */
export const batchesBefore = (cache: Reader, before: number | null, limit: number): Batch[] =>
  cache
    .query<Stored>(`SELECT ${COLUMNS} FROM batch WHERE seq < ? ORDER BY seq DESC, no DESC LIMIT ?`)
    .all(before ?? Number.MAX_SAFE_INTEGER, limit)
    .map(batchOf)

/** A batch by its id or by the registry's number; undefined when the mirror does not know it. */
export function knownBatch(cache: Reader, name: string): Batch | undefined {
  const row = /^\d{1,15}$/.test(name)
    ? cache.query<Stored>(`SELECT ${COLUMNS} FROM batch WHERE no = ?`).get(Number(name))
    : cache.query<Stored>(`SELECT ${COLUMNS} FROM batch WHERE id = ?`).get(name)
  return row && batchOf(row)
}

/** The same; throws `batch-unknown`. */
export function batchOrTrouble(cache: Reader, name: string): Batch & { readonly no: number } {
  const batch = knownBatch(cache, name)
  if (!batch || batch.no === null) throw trouble('batch-unknown', { batch: name })
  return { ...batch, no: batch.no }
}

/** IMEIs of batches, ascending, each once. Small batches are kept by batch; those of a large one are found by reading through all facts. */
export function* keysOfBatches(cache: Reader, numbers: readonly number[]): Generator<Imei14> {
  const kept = cache.value<number>(
    'SELECT count(*) FROM json_each(?) b WHERE EXISTS (SELECT 1 FROM batch_imei i WHERE i.batch = b.value)',
    JSON.stringify(numbers),
  )
  const table = kept === numbers.length ? 'batch_imei' : 'fact'
  const sql = `SELECT DISTINCT imei14 FROM ${table} WHERE batch IN (SELECT value FROM json_each(?)) ORDER BY imei14`
  for (const [imei14] of cache.rows<[Imei14]>(sql).iterate(JSON.stringify(numbers))) yield imei14
}
