import { KEYS_KEPT_UP_TO, SNAPSHOT_FORMAT, type SnapshotManifest } from '../src/contract/registry/snapshot.ts'
import type { BlobStore } from '../src/registry/blob/blobStore.ts'
import { readHead } from '../src/registry/db/log/queries.ts'
import type { Database } from '../src/registry/db/pool.ts'
import { addSnapshot } from '../src/registry/db/snapshot/queries.ts'
import { transaction } from '../src/registry/db/transaction.ts'
import { SnapshotWriter } from '../src/registry/segment/snapshotWriter.ts'
import { addBatch, FIRST_KEY, KEY_STEP, type Lot, nationalLots, ROWS_A_DOC } from './nationalRows.ts'

const AT = '2026-01-10T06:00:00.000Z'
const DAY_MS = 86_400_000

/**
 * A registry whose snapshot holds so many listings although its tables do not: what a desk boots from, byte for byte as the registry
 * writes it from the rows of `fillNational`, without filling a database of that size first.
 */
export async function makeSnapshot(db: Database, blobs: BlobStore, listings: number): Promise<void> {
  const lots = nationalLots(listings)
  const seqs: number[] = []
  for (const [i, lot] of lots.entries()) seqs.push(await transaction(db, (tx) => addBatch(tx, i + 1, lot)))
  await db.run('UPDATE facts_writer SET last_batch = $1', [lots.length])
  const { head: seq, epoch, installation } = await transaction(db, readHead)
  const segments = [
    ...(await facts(blobs, lots)),
    ...(await docs(blobs, lots, seqs)),
    ...(await listed(blobs, lots)),
    ...(await events(blobs, db)),
  ]
  const large = lots.flatMap(({ count }, i) => (count > KEYS_KEPT_UP_TO ? [i + 1] : []))
  const manifest: SnapshotManifest = {
    format: SNAPSHOT_FORMAT.plain,
    installation,
    epoch,
    seq,
    at: AT,
    segments,
    large,
    folded: 0,
  }
  const bytes = Buffer.from(JSON.stringify(manifest))
  await transaction(db, async (tx) =>
    addSnapshot(tx, {
      seq,
      epoch,
      format: SNAPSHOT_FORMAT.plain,
      manifest: await blobs.put(bytes),
      bytes: bytes.length,
      rows: segments.reduce((sum, s) => sum + s.rows, 0),
      blobs: segments.map((s) => s.sha256),
      builtAt: AT,
    }),
  )
}

/** The lots lie one behind the other, but for the customs batches, which take turns. */
function* rowsInOrder(lots: readonly Lot[]): Generator<[n: number, batch: number, doc: number]> {
  const customs = lots.filter(({ kind }) => kind === 'customs').length
  const white = lots.slice(0, customs).reduce((sum, { count }) => sum + count, 0)
  for (let n = 0; n < white; n++) yield [n, (n % customs) + 1, Math.floor(Math.floor(n / customs) / ROWS_A_DOC)]
  for (const [i, { from, count }] of lots.entries())
    if (i >= customs) for (let n = 0; n < count; n++) yield [from + n, i + 1, Math.floor(n / ROWS_A_DOC)]
}

async function facts(blobs: BlobStore, lots: readonly Lot[]) {
  const writer = new SnapshotWriter(blobs, 'fact')
  const isSmall = lots.map(({ count }) => count <= KEYS_KEPT_UP_TO)
  for (const [n, batch, doc] of rowsInOrder(lots)) {
    const imei14 = FIRST_KEY + n * KEY_STEP
    await writer.add([imei14, batch], [imei14, batch, doc, 0], isSmall[batch - 1] ?? false)
  }
  return writer.end()
}

const day = (from: string, n: number): string =>
  new Date(Date.parse(from) + (n % 60) * DAY_MS).toISOString().slice(0, 10)

async function docs(blobs: BlobStore, lots: readonly Lot[], seqs: readonly number[]) {
  const writer = new SnapshotWriter(blobs, 'doc')
  for (const [i, { kind, count }] of lots.entries())
    for (let no = 0; no <= Math.floor((count - 1) / ROWS_A_DOC); no++) {
      const data = `{"declaration":"50000/${String(no).padStart(9, '0')}","brand":"Sample"}`
      const network = kind === 'operator' ? 'home' : null
      await writer.add([seqs[i] ?? 0, no], [i + 1, no, 'add', day('2025-10-01', no), network, data])
    }
  return writer.end()
}

async function listed(blobs: BlobStore, lots: readonly Lot[]) {
  const writer = new SnapshotWriter(blobs, 'listing')
  for (const { kind, from, count } of lots.filter((lot) => lot.kind !== 'customs'))
    for (let n = 0; n < count; n++) {
      const imei14 = FIRST_KEY + (from + n) * KEY_STEP
      const since = day('2025-10-01', Math.floor(n / ROWS_A_DOC))
      const deadline = day('2026-01-01', Math.floor(n / ROWS_A_DOC))
      const says = kind === 'operator' ? ['grey', 'not-confirmed', since, deadline] : ['black', 'stolen', since, null]
      await writer.add([imei14, 0], [imei14, ...says])
    }
  return writer.end()
}

async function events(blobs: BlobStore, db: Database) {
  const writer = new SnapshotWriter(blobs, 'event')
  const rows = await db.all<{ seq: string; type: string; doc: unknown }>(
    'SELECT seq, type, doc FROM event ORDER BY seq',
  )
  for (const { seq, type, doc } of rows)
    await writer.add([Number(seq), 0], [Number(seq), type, AT, typeof doc === 'string' ? doc : JSON.stringify(doc)])
  return writer.end()
}
