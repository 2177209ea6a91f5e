import { setImmediate as breathe } from 'node:timers/promises'
import type { SegmentRef } from '../../contract/registry.ts'
import { SEGMENT_LIMITS } from '../../contract/segment.ts'
import { SEGMENT_FORMAT } from '../../contract/version.ts'
import { type BatchKind, FACT_OF_BATCH } from '../../domain/batch.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import type { BatchRows, CrossingRow, DocRow, TacRow } from './batchRows.ts'
import { damaged, isSqliteError, openSegment, type SegmentDb } from './openSegment.ts'

/** Rows between two looks at what else the process has to do. */
const BREATH = 20_000
const MAX_IMEI14 = 99_999_999_999_999
const MAX_TEXT = 4000

interface Part {
  readonly db: SegmentDb
  readonly sha256: string
  readonly kind: BatchKind
}

class Rows implements BatchRows {
  readonly docs = new Map<number, DocRow>()
  readonly tacs: TacRow[] = []
  readonly crossings: CrossingRow[] = []
  readonly facts: { length: number; imei14: Float64Array; doc: Float64Array; next: Float64Array }
  constructor(capacity: number) {
    const column = () => new Float64Array(capacity)
    this.facts = { length: 0, imei14: column(), doc: column(), next: column() }
  }
}

/**
 * Reads all parts of a batch and checks every value: it comes from outside.
 * @throws ProblemError `blob-missing` (a part did not arrive), `segment-damaged` (names the part and what is wrong)
 */
export async function readSegments(
  blobs: BlobStore,
  refs: readonly SegmentRef[],
  batch: { id: string; kind: BatchKind },
): Promise<BatchRows> {
  for (const ref of refs) if (ref.rows > SEGMENT_LIMITS.rows) throw damaged(ref.sha256, 'too many rows')
  const rows = new Rows(FACT_OF_BATCH[batch.kind] ? refs.reduce((sum, ref) => sum + ref.rows, 0) : 0)
  for (const [i, ref] of refs.entries()) {
    const db = await openSegment(await blobs.read(ref.sha256), ref)
    try {
      const part = { db, sha256: ref.sha256, kind: batch.kind }
      checkMeta(part, batch, i + 1, refs.length)
      await readDocs(part, rows)
      const before = rows.facts.length + rows.tacs.length + rows.crossings.length
      await readRows(part, rows)
      const read = rows.facts.length + rows.tacs.length + rows.crossings.length - before
      if (read !== ref.rows) throw damaged(ref.sha256, `it has ${read} rows, not ${ref.rows}`)
    } catch (e) {
      throw isSqliteError(e) ? damaged(ref.sha256, (e as Error).message) : e
    } finally {
      db.close()
    }
  }
  await checkRings(rows, refs[0]?.sha256 ?? '')
  return rows
}

function checkMeta(part: Part, batch: { id: string; kind: BatchKind }, no: number, parts: number): void {
  const meta = new Map(part.db.prepare('SELECT key, value FROM meta').raw().all() as [string, string][])
  const wanted = { format: SEGMENT_FORMAT, batch: batch.id, kind: batch.kind, part: no, parts }
  for (const [key, value] of Object.entries(wanted))
    if (meta.get(key) !== String(value)) throw damaged(part.sha256, `${key} is ${meta.get(key)}, not ${value}`)
}

async function readDocs(part: Part, rows: Rows): Promise<void> {
  const found = part.db.prepare('SELECT no, op, date, network, data FROM doc ORDER BY no').all() as DocRow[]
  for (const [i, doc] of found.entries()) {
    if (i % BREATH === BREATH - 1) await breathe()
    const wrong = wrongDoc(doc, part.kind)
    if (wrong) throw damaged(part.sha256, `document ${doc.no}: ${wrong}`)
    const known = rows.docs.get(doc.no)
    if (
      known &&
      (known.op !== doc.op || known.date !== doc.date || known.network !== doc.network || known.data !== doc.data)
    )
      throw damaged(part.sha256, `document ${doc.no} differs from that of an earlier part`)
    rows.docs.set(doc.no, doc)
  }
}

function wrongDoc(doc: DocRow, kind: BatchKind): string | null {
  if (!Number.isSafeInteger(doc.no) || doc.no < 0) return 'number'
  if (doc.op !== 'add' && doc.op !== 'remove') return 'op'
  if (!isIsoDate(doc.date)) return 'date'
  if (doc.network !== null && (kind !== 'operator' || !['home', 'roaming', 'm2m'].includes(doc.network)))
    return 'network'
  return isJsonObject(doc.data) ? null : 'data'
}

function isJsonObject(text: unknown): boolean {
  if (typeof text !== 'string' || text.length > MAX_TEXT) return false
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false // not JSON at all
  }
}

async function readRows(part: Part, rows: Rows): Promise<void> {
  if (FACT_OF_BATCH[part.kind]) return readFacts(part, rows)
  return part.kind === 'tac' ? readTacs(part, rows) : readCrossings(part, rows)
}

async function readFacts({ db, sha256 }: Part, rows: Rows): Promise<void> {
  const { facts, docs } = rows
  const all = db.prepare('SELECT imei14, doc, next FROM fact ORDER BY imei14').raw().iterate()
  for (const [imei14, doc, next] of all as IterableIterator<[number, number, number]>) {
    const i = facts.length
    if (i >= facts.imei14.length) throw damaged(sha256, 'more rows than announced')
    if (!isImei14(imei14) || (i > 0 && imei14 <= (facts.imei14[i - 1] ?? 0))) throw damaged(sha256, `key ${imei14}`)
    if (!docs.has(doc)) throw damaged(sha256, `key ${imei14} names document ${doc}, which is missing`)
    if (next !== 0 && !isImei14(next)) throw damaged(sha256, `key ${imei14} is followed by ${next}`)
    facts.imei14[i] = imei14
    facts.doc[i] = doc
    facts.next[i] = next
    facts.length++
    if (i % BREATH === BREATH - 1) await breathe()
  }
}

const isImei14 = (value: number): boolean => Number.isSafeInteger(value) && value > 0 && value <= MAX_IMEI14

/** The IMEIs of a device point at each other in a ring of at most four, all of this batch. */
async function checkRings(rows: Rows, sha256: string): Promise<void> {
  const { facts } = rows
  for (let i = 0; i < facts.length; i++) {
    if (i % BREATH === BREATH - 1) await breathe()
    const own = facts.imei14[i] ?? 0
    let at = i
    for (let steps = 0; facts.next[at] !== 0; steps++) {
      const next = facts.next[at] ?? 0
      if (next === own) break
      at = indexOf(facts.imei14, facts.length, next)
      if (at < 0 || steps >= 3) throw damaged(sha256, `the device of ${own} is no ring`)
    }
    if (facts.next[at] === 0 && at !== i) throw damaged(sha256, `the device of ${own} is no ring`)
  }
}

function indexOf(sorted: Float64Array, length: number, wanted: number): number {
  let low = 0
  let high = length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const value = sorted[middle] ?? 0
    if (value === wanted) return middle
    if (value < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}

async function readTacs({ db, sha256 }: Part, rows: Rows): Promise<void> {
  const all = db.prepare('SELECT tac, brand, model, data FROM tac ORDER BY tac').iterate() as IterableIterator<TacRow>
  for (const row of all) {
    const last = rows.tacs.at(-1)?.tac ?? -1
    if (!Number.isSafeInteger(row.tac) || row.tac <= last || row.tac > 99_999_999)
      throw damaged(sha256, `TAC ${row.tac}`)
    if (!isText(row.brand) || !isText(row.model) || !isJsonObject(row.data)) throw damaged(sha256, `TAC ${row.tac}`)
    rows.tacs.push(row)
    if (rows.tacs.length % BREATH === 0) await breathe()
  }
}

async function readCrossings({ db, sha256 }: Part, rows: Rows): Promise<void> {
  const all = db.prepare('SELECT no, person, date, direction, document, point FROM crossing ORDER BY no').iterate()
  for (const row of all as IterableIterator<CrossingRow>) {
    const last = rows.crossings.at(-1)?.no ?? -1
    const texts = isText(row.person) && isText(row.document) && isText(row.point)
    const way = row.direction === 'entry' || row.direction === 'exit'
    if (!Number.isSafeInteger(row.no) || row.no <= last || !texts || !way || !isIsoDate(row.date))
      throw damaged(sha256, `crossing ${row.no}`)
    rows.crossings.push(row)
    if (rows.crossings.length % BREATH === 0) await breathe()
  }
}

const isText = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= MAX_TEXT && !value.includes('\0')
