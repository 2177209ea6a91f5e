import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { APPEAL_FOLDED, type FoldedAppeal, zFoldedAppeal } from '../../contract/registry/foldedAppeal.ts'
import {
  KEYS_KEPT_UP_TO,
  SNAPSHOT_SCHEMA,
  type SnapshotPart,
  type SnapshotSegment,
} from '../../contract/registry/snapshot.ts'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import type { Reader, Writer } from '../db/handle.ts'
import { openMemory } from '../db/memoryDb.ts'
import type { CacheStore } from '../db/store.ts'
import { figureFolded } from './appealFigures.ts'
import { AppealWriter } from './appealWriter.ts'
import { applyFolded } from './applyAppeal.ts'
import { applyEvent, knownEvent, noteMoments } from './applyEvent.ts'
import { brokenFile, schemaOf, schemaOfText } from './segmentSchema.ts'
import { bringListings } from './snapshotListings.ts'

/** Rows of one transaction, some 0.2 s: nobody reads the mirror in the making, but the engine answers between two of them. */
const ROWS_A_TRANSACTION = 500_000
const EVENTS_A_TRANSACTION = 2_000
/** What zlib takes for a chunk at least. */
const CHUNK_MIN = 64

/** Statements that copy the rows n in (?1, ?2] of a segment into the mirror. */
const INTO: Readonly<Record<Exclude<SnapshotPart, 'event' | 'listing'>, string>> = {
  fact: `INSERT INTO store.fact(imei14, batch, doc, next)
    SELECT imei14, batch, doc, next FROM main.fact WHERE n > ?1 AND n <= ?2 ORDER BY n`,
  doc: `INSERT INTO store.doc(batch, no, op, date, network, data)
    SELECT batch, no, op, date, network, data FROM main.doc WHERE n > ?1 AND n <= ?2 ORDER BY n`,
  tac: `INSERT INTO store.tac(tac, batch, brand, model, data)
    SELECT tac, batch, brand, model, data FROM main.tac WHERE n > ?1 AND n <= ?2 ORDER BY n`,
  crossing: `INSERT INTO store.crossing(batch, no, person, date, direction, document, point)
    SELECT batch, no, person, date, direction, document, point FROM main.crossing WHERE n > ?1 AND n <= ?2 ORDER BY n`,
}
const KEYS_OF_SMALL = `INSERT INTO store.batch_imei(batch, imei14)
  SELECT batch, imei14 FROM main.fact WHERE n > ?1 AND n <= ?2 AND batch NOT IN (SELECT value FROM json_each(?3))
  ORDER BY batch, imei14`

const EXPECTED = schemaOfText(SNAPSHOT_SCHEMA)

/** A segment as it is opened: its bytes in clear, in memory only. */
export interface UnpackedSegment {
  readonly segment: SnapshotSegment
  readonly bytes: Uint8Array
}

/** Unpacks a segment; what unpacks to another size than the manifest says is damaged before it fills the memory. */
export async function unpack(segment: SnapshotSegment, packed: Uint8Array): Promise<UnpackedSegment> {
  let bytes: Uint8Array
  try {
    // one buffer of the whole size: put together of small ones it would cost as much again
    bytes = await promisify(zstdDecompress)(packed, {
      maxOutputLength: segment.unpacked,
      chunkSize: segment.unpacked + CHUNK_MIN,
    })
  } catch (error) {
    throw new ProblemError(problem('segment-damaged', { sha256: segment.sha256, reason: 'unpacked' }), { cause: error })
  }
  if (bytes.length !== segment.unpacked) throw damaged(segment, 'unpacked')
  return { segment, bytes }
}

/** Whether all rows of a segment are in the mirror. */
export const isBrought = (mirror: Reader, s: SnapshotSegment): boolean =>
  mirror.value<number>(
    'SELECT count(*) FROM seg_applied WHERE sha256 = ? AND batch = 0 AND tab = ? AND complete = 1',
    s.sha256,
    s.part,
  ) === 1

/**
 * Copies a segment into the mirror in the making (its bytes are gone afterwards), some rows at a time, each stretch in one transaction with the note of how far it came.
 * `large` names the batches whose IMEIs are not kept by batch. Throws `segment-damaged`, `event-unknown`.
 */
export async function bringRows(
  mirror: CacheStore,
  { segment, bytes }: UnpackedSegment,
  large: readonly number[],
  progress: (rows: number) => void,
): Promise<void> {
  const { part } = segment
  if (part === 'event') return bringEvents(mirror, { segment, bytes }, progress)
  const attached = named(segment, () => mirror.attachTo(bytes))
  release(bytes)
  try {
    check(attached.read, segment)
    const keys = JSON.stringify(large)
    for (let after = standing(mirror.read, segment); after < segment.rows; ) {
      const upTo = Math.min(after + ROWS_A_TRANSACTION, segment.rows)
      named(segment, () =>
        attached.write((tx) => {
          if (part === 'listing') bringListings(tx, after, upTo)
          else tx.run(INTO[part], after, upTo)
          if (part === 'fact' && segment.small) tx.run(KEYS_OF_SMALL, after, upTo, keys)
          note(tx, segment, upTo, 'store.')
        }),
      )
      after = upTo
      progress(after)
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    attached.close()
  }
}

/** What is smaller may share its memory with others. */
const OWN_MEMORY = 1024 * 1024

/** Gives memory back at once that would wait for the collector while the next segment is unpacked; SQLite has its own copy by then. */
function release({ buffer, byteLength }: Uint8Array): void {
  if (byteLength >= OWN_MEMORY && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

type EventRow = [seq: number, type: string, at: string, doc: string]

/** Events take the way of every event; only the rows of their batches are there already. */
async function bringEvents(
  mirror: CacheStore,
  { segment, bytes }: UnpackedSegment,
  progress: (rows: number) => void,
): Promise<void> {
  const memory = named(segment, () => openMemory(bytes))
  try {
    check(memory.handle, segment)
    for (let after = standing(mirror.read, segment); after < segment.rows; ) {
      const upTo = Math.min(after + EVENTS_A_TRANSACTION, segment.rows)
      const rows = named(segment, () =>
        memory.handle
          .rows<EventRow>('SELECT seq, type, at, doc FROM event WHERE n > ? AND n <= ? ORDER BY n')
          .all(after, upTo),
      )
      mirror.write((tx) => {
        const appeals = new AppealWriter(tx)
        for (const [seq, type, at, doc] of rows)
          if (type === APPEAL_FOLDED) bringFolded(tx, segment, doc)
          else {
            noteMoments(tx, [{ seq, at }])
            applyEvent(tx, appeals, knownEvent({ seq, type, at, doc: JSON.parse(doc) }))
          }
        appeals.finish()
        note(tx, segment, upTo, '')
      })
      after = upTo
      progress(after)
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    memory.close()
  }
}

function bringFolded(tx: Writer, segment: SnapshotSegment, doc: string): void {
  const folded = zFoldedAppeal.safeParse(JSON.parse(doc)).data as FoldedAppeal | undefined
  if (!folded) throw damaged(segment, APPEAL_FOLDED)
  applyFolded(tx, folded)
  figureFolded(tx, folded)
}

const standing = (mirror: Reader, s: SnapshotSegment): number =>
  mirror.value<number>('SELECT after FROM seg_applied WHERE sha256 = ? AND batch = 0 AND tab = ?', s.sha256, s.part) ??
  0

function note(tx: Writer, s: SnapshotSegment, after: number, schema: '' | 'store.'): void {
  tx.run(
    `INSERT INTO ${schema}seg_applied(sha256, batch, tab, after, complete) VALUES (?, 0, ?, ?, ?)
     ON CONFLICT (sha256, batch, tab) DO UPDATE SET after = excluded.after, complete = excluded.complete`,
    s.sha256,
    s.part,
    after,
    after === s.rows ? 1 : 0,
  )
}

/** Exactly the tables of the format, rows of the one part, numbered without gaps, as many as were announced. */
function check(db: Reader, s: SnapshotSegment): void {
  named(s, () => {
    if (schemaOf(db) !== EXPECTED) throw damaged(s, 'schema')
    // each by itself costs next to nothing; asked for together they read every row
    const rows = db.value<number>(`SELECT count(*) FROM main.${s.part}`)
    const last = db.value<number>(`SELECT max(n) FROM main.${s.part}`)
    if (rows !== s.rows || last !== s.rows) throw damaged(s, 'rows')
  })
}

const damaged = (s: SnapshotSegment, reason: string): ProblemError =>
  trouble('segment-damaged', { sha256: s.sha256, reason })

function named<T>(s: SnapshotSegment, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const reason = brokenFile(error)
    if (reason === null) throw error
    throw new ProblemError(problem('segment-damaged', { sha256: s.sha256, reason }), { cause: error })
  }
}

/** Batches of the mirror with more rows than are kept by batch must be those the manifest calls large. */
export const largeBatchesOf = (mirror: Reader): number[] =>
  mirror
    .rows<[number]>('SELECT no FROM batch WHERE added_seq IS NOT NULL AND rows > ? ORDER BY no')
    .all(KEYS_KEPT_UP_TO)
    .map(([no]) => no)

/** Number of the last event when all before it are there too; null when one is missing. */
export function eventsOf(mirror: Reader): number | null {
  const [count, last] = mirror.rows<[number, number | null]>('SELECT count(*), max(seq) FROM moment').get() ?? [0, null]
  return count === (last ?? 0) ? count : null
}
