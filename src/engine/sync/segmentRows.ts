import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import type { SegmentRef } from '../../contract/registry.ts'
import { DOCS_A_BATCH, SEGMENT_SCHEMA, unpackedLimit } from '../../contract/segment.ts'
import { SEGMENT_FORMAT } from '../../contract/version.ts'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import type { Reader, Writer } from '../db/handle.ts'
import type { AttachedMemory, CacheStore } from '../db/store.ts'
import { brokenFile, schemaOf, schemaOfText } from './segmentSchema.ts'

/** A batch whose segment is to be copied. */
export interface SegmentOf {
  readonly no: number
  readonly batch: string
  readonly kind: string
  readonly ref: SegmentRef
  /** Keep its IMEIs by batch as well, so that they are found again without reading through all facts. */
  readonly keepKeys: boolean
  /** Rows of one transaction. */
  readonly stride: number
}

/** How each table of a segment goes into the mirror: the key it is walked by, and the statements for a stretch of keys. */
const TABLES = [
  {
    tab: 'doc',
    key: 'no',
    into: `INSERT OR IGNORE INTO store.doc(batch, no, op, date, network, data)
      SELECT ?1, no, op, date, network, data FROM main.doc WHERE no > ?2 AND no <= ?3 ORDER BY no`,
  },
  {
    tab: 'fact',
    key: 'imei14',
    into: `INSERT INTO store.fact(imei14, batch, doc, next)
      SELECT imei14, ?1, doc, next FROM main.fact WHERE imei14 > ?2 AND imei14 <= ?3 ORDER BY imei14`,
  },
  {
    tab: 'tac',
    key: 'tac',
    into: `INSERT INTO store.tac(tac, batch, brand, model, data)
      SELECT tac, ?1, brand, model, data FROM main.tac WHERE tac > ?2 AND tac <= ?3 ORDER BY tac`,
  },
  {
    tab: 'crossing',
    key: 'no',
    into: `INSERT INTO store.crossing(batch, no, person, date, direction, document, point)
      SELECT ?1, no, person, date, direction, document, point FROM main.crossing WHERE no > ?2 AND no <= ?3 ORDER BY no`,
  },
] as const
type Table = (typeof TABLES)[number]

const KEYS_OF_SMALL = `INSERT INTO store.batch_imei(batch, imei14)
  SELECT ?1, imei14 FROM main.fact WHERE imei14 > ?2 AND imei14 <= ?3 ORDER BY imei14`

/** How far the IMEIs of a large batch reach, over all its segments. */
const SPAN = `INSERT INTO store.batch_span(batch, first, last)
  VALUES (?1, (SELECT min(imei14) FROM main.fact), (SELECT max(imei14) FROM main.fact))
  ON CONFLICT (batch) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`

/** True when all rows of the segment are in the mirror. */
export const isCopied = (cache: Reader, s: Pick<SegmentOf, 'no' | 'ref'>): boolean =>
  cache.value<number>(
    'SELECT count(*) FROM seg_applied WHERE sha256 = ? AND batch = ? AND complete = 1',
    s.ref.sha256,
    s.no,
  ) === TABLES.length

/**
 * Copies a segment's rows into the mirror, some at a time, each stretch in one transaction with the note of how far it came, so that
 * a killed desk goes on where it stopped. They count only once their batch is committed. Throws `segment-damaged`.
 */
export async function copySegment(
  cache: CacheStore,
  compressed: Uint8Array,
  s: SegmentOf,
  progress: (rows: number) => void,
): Promise<void> {
  const attached = open(cache, await decompress(compressed, s), s)
  try {
    check(attached.read, s)
    for (const table of TABLES) {
      for (let stretches = 1; ; stretches++) {
        const complete = damageNamed(s, () => attached.write((tx) => copyStretch(tx, table, s)))
        if (complete) break
        if (table.tab !== 'doc') progress(Math.min(stretches * s.stride, s.ref.rows))
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
  } finally {
    attached.close()
  }
}

async function decompress(compressed: Uint8Array, s: SegmentOf): Promise<Uint8Array> {
  try {
    return await promisify(zstdDecompress)(compressed, { maxOutputLength: unpackedLimit(s.ref.rows) })
  } catch (error) {
    throw new ProblemError(problem('segment-damaged', { sha256: s.ref.sha256, batch: s.batch }), { cause: error })
  }
}

const open = (cache: CacheStore, bytes: Uint8Array, s: SegmentOf): AttachedMemory =>
  damageNamed(s, () => cache.attachTo(bytes))

function copyStretch(tx: Writer, { tab, key, into }: Table, s: SegmentOf): boolean {
  const after =
    tx.value<number>(
      'SELECT after FROM store.seg_applied WHERE sha256 = ? AND batch = ? AND tab = ?',
      s.ref.sha256,
      s.no,
      tab,
    ) ?? -1
  const upTo = tx.value<number | null>(
    `SELECT max(${key}) FROM (SELECT ${key} FROM main.${tab} WHERE ${key} > ? ORDER BY ${key} LIMIT ?)`,
    after,
    s.stride,
  )
  if (typeof upTo === 'number') {
    tx.run(into, s.no, after, upTo)
    if (tab === 'fact') {
      if (s.keepKeys) tx.run(KEYS_OF_SMALL, s.no, after, upTo)
      else if (after === -1) tx.run(SPAN, s.no)
    }
  }
  tx.run(
    `INSERT INTO store.seg_applied(sha256, batch, tab, after, complete) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (sha256, batch, tab) DO UPDATE SET after = excluded.after, complete = excluded.complete`,
    s.ref.sha256,
    s.no,
    tab,
    typeof upTo === 'number' ? upTo : after,
    typeof upTo === 'number' ? 0 : 1,
  )
  return typeof upTo !== 'number'
}

const EXPECTED = schemaOfText(SEGMENT_SCHEMA)

/** A segment that is not exactly what was announced stops the feed: views and triggers in it would run inside the mirror. */
function check(db: Reader, s: SegmentOf): void {
  const damaged = (reason: string) => trouble('segment-damaged', { sha256: s.ref.sha256, batch: s.batch, reason })
  damageNamed(s, () => {
    if (schemaOf(db) !== EXPECTED) throw damaged('schema')
    const meta = new Map(db.rows<[string, string]>('SELECT key, value FROM main.meta').all())
    if (meta.get('format') !== String(SEGMENT_FORMAT)) throw damaged('format')
    if (meta.get('batch') !== s.batch || meta.get('kind') !== s.kind) throw damaged('batch')
    const rows = db.value<number>(
      'SELECT (SELECT count(*) FROM main.fact) + (SELECT count(*) FROM main.tac) + (SELECT count(*) FROM main.crossing)',
    )
    if (rows !== s.ref.rows) throw damaged('rows')
    if ((db.value<number | null>('SELECT max(no) FROM main.doc') ?? 0) >= DOCS_A_BATCH) throw damaged('docs')
  })
}

/** What SQLite says of a broken or contradictory file, as the problem it is. */
function damageNamed<T>(s: SegmentOf, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const reason = brokenFile(error)
    if (reason === null) throw error
    throw new ProblemError(problem('segment-damaged', { sha256: s.ref.sha256, batch: s.batch, reason }), {
      cause: error,
    })
  }
}
