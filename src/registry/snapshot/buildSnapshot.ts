import {
  KEYS_KEPT_UP_TO,
  SNAPSHOT_FORMAT,
  SNAPSHOT_FORMATS,
  type SnapshotManifest,
  type SnapshotPart,
  type SnapshotSegment,
} from '../../contract/registry/snapshot.ts'
import type { Imei14, Instant, Seq } from '../../domain/fact.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { eventAt, readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { IMEIS_SINCE, LISTED_SINCE, largeBatches, PART_ROWS } from '../db/snapshot/queries.ts'
import { cursorRows, snapshot, type Tx } from '../db/transaction.ts'
import { snapshotEvents } from '../segment/snapshotEvents.ts'
import { SnapshotWriter } from '../segment/snapshotWriter.ts'
import { foldEvents } from './foldEvents.ts'

const LAST_IMEI: Imei14 = 99_999_999_999_999

export interface SnapshotSizes {
  /** Rows of one segment, at most. */
  readonly rows?: number | undefined
  /** Appeals are folded when so many events left the feed since the last time. */
  readonly foldAfter?: number | undefined
}

/** Folding goes through all events of the past, so not at every snapshot: of a country's appeals these are some weeks. */
const FOLD_AFTER = 50_000

/**
 * Builds a snapshot of this moment. Segments of `before` that nothing touched since are taken over: of facts and listings those of
 * ranges without a changed IMEI, of documents and events all but the last, which may have been short. Now and then the events that left the
 * feed are written anew with closed appeals folded.
 */
export const buildSnapshot = (
  db: Database,
  blobs: BlobStore,
  before: SnapshotManifest | null,
  sizes: SnapshotSizes = {},
): Promise<SnapshotManifest> =>
  snapshot(db, async (tx) => {
    const { head: seq, epoch, installation, oldest } = await readHead(tx)
    // of whatever epoch: a snapshot this database knows is of its own past
    const known = before && SNAPSHOT_FORMATS.includes(before.format) && before.seq <= seq ? before : null
    if (!known && oldest > 1) throw new Error('the feed has no beginning and no snapshot carries it')
    const large = await largeBatches(tx, KEYS_KEPT_UP_TO)
    const folded = known?.folded ?? 0
    const folding = oldest - 1 - folded >= (sizes.foldAfter ?? FOLD_AFTER) && oldest > 1
    const make = { tx, blobs, known, oldest, folding, large: new Set(large), rows: sizes.rows }
    return {
      format: folding || folded > 0 ? SNAPSHOT_FORMAT.folded : SNAPSHOT_FORMAT.plain,
      installation,
      epoch,
      seq,
      // an event that left the feed is told of by the snapshot that carries it
      at: (await eventAt(tx, seq)) ?? (known?.seq === seq ? known.at : NEVER),
      segments: [
        ...(await byRange(make, 'fact', IMEIS_SINCE)),
        ...(await inOrder(make, 'doc')),
        ...(await inOrder(make, 'tac')),
        ...(await inOrder(make, 'crossing')),
        ...(await byRange(make, 'listing', LISTED_SINCE)),
        ...(await inOrder(make, 'event')),
      ],
      large,
      folded: folding ? oldest - 1 : folded,
    }
  })

const NEVER: Instant = '1970-01-01T00:00:00.000Z'

interface Make {
  readonly tx: Tx
  readonly blobs: BlobStore
  readonly known: SnapshotManifest | null
  /** First event the feed still has. */
  readonly oldest: Seq
  readonly folding: boolean
  readonly large: ReadonlySet<number>
  readonly rows: number | undefined
}

const segmentsOf = (manifest: SnapshotManifest | null, part: SnapshotPart): SnapshotSegment[] =>
  (manifest?.segments ?? []).filter((s) => s.part === part)

/**
 * Documents and events only ever come behind what is there: everything but the last segment stays as it is, and of the events also what
 * the feed no longer has.
 */
async function inOrder(m: Make, part: 'doc' | 'tac' | 'crossing' | 'event'): Promise<SnapshotSegment[]> {
  const old = segmentsOf(m.known, part)
  const whole = old.filter((s, i) => i + 1 < old.length || (part === 'event' && s.from[0] < m.oldest))
  const after = whole.at(-1)?.to ?? [0, -1]
  const writer = new SnapshotWriter(m.blobs, part, m.rows)
  const isFolded = part === 'event' && m.folding
  if (isFolded)
    for await (const row of foldEvents(() => snapshotEvents(m.blobs, whole), m.oldest))
      await writer.add([row[0], 0], row)
  for await (const [first, second, ...values] of cursorRows<PlacedValues>(m.tx, PART_ROWS[part], after))
    await writer.add([first, second], COLUMNS_OF[part](first, second, values))
  const written = await writer.end()
  return isFolded ? written : [...whole, ...written]
}

type Value = string | number | null
type PlacedValues = readonly [first: number, second: number, ...values: Value[]]

/** Values of a row in the order of the segment's columns. */
const COLUMNS_OF = {
  doc: (_seq: number, no: number, [batch, ...rest]: Value[]): Value[] => [batch ?? null, no, ...rest],
  tac: (_seq: number, tac: number, values: Value[]): Value[] => [tac, ...values],
  crossing: (_seq: number, no: number, [batch, ...rest]: Value[]): Value[] => [batch ?? null, no, ...rest],
  event: (seq: number, _none: number, [type, at, doc]: Value[]): Value[] => [seq, type ?? '', at ?? '', doc ?? ''],
} as const

/** Stretches of IMEIs to be written anew, and segments that stay, in order. */
type Stretch = { readonly from: Imei14; readonly to: Imei14 } | { readonly stays: SnapshotSegment }

async function byRange(m: Make, part: 'fact' | 'listing', touched: string): Promise<SnapshotSegment[]> {
  const written: SnapshotSegment[] = []
  for (const stretch of await stretches(m, part, touched)) {
    if ('stays' in stretch) {
      written.push(stretch.stays)
      continue
    }
    const writer = new SnapshotWriter(m.blobs, part, m.rows)
    const rows = cursorRows<PlacedValues>(m.tx, PART_ROWS[part], [stretch.from, stretch.to])
    for await (const [imei14, batch, ...values] of rows)
      if (part === 'fact') await writer.add([imei14, batch], [imei14, batch, ...values], !m.large.has(batch))
      else await writer.add([imei14, 0], [imei14, ...values])
    written.push(...(await writer.end()))
  }
  return written
}

/** Touched segments that lie side by side become one stretch, so that small ones grow together again. */
async function stretches(m: Make, part: 'fact' | 'listing', touched: string): Promise<Stretch[]> {
  const old = segmentsOf(m.known, part)
  if (!m.known || old.length === 0) return [{ from: 0, to: LAST_IMEI }]
  // a segment answers for all IMEIs from its first to the next one's first, so that none falls between two
  const starts = old.map((s, i) => (i === 0 ? 0 : s.from[0]))
  const isTouched = new Array<boolean>(old.length).fill(false)
  let at = 0
  for await (const [imei14] of cursorRows<readonly [Imei14]>(m.tx, touched, [m.known.seq])) {
    while (at + 1 < starts.length && (starts[at + 1] ?? 0) <= imei14) at++
    isTouched[at] = true
  }
  const found: Stretch[] = []
  for (const [i, segment] of old.entries()) {
    if (!isTouched[i]) {
      found.push({ stays: segment })
      continue
    }
    const last = found.at(-1)
    const from = last && 'from' in last ? last.from : (starts[i] ?? 0)
    if (last && 'from' in last) found.pop()
    found.push({ from, to: (starts[i + 1] ?? LAST_IMEI + 1) - 1 })
  }
  return found
}
