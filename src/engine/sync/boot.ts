import { createHash } from 'node:crypto'
import {
  SNAPSHOT_FORMATS,
  SNAPSHOT_PARTS,
  type SnapshotManifest,
  type SnapshotRef,
  type SnapshotSegment,
  zSnapshotManifest,
} from '../../contract/registry/snapshot.ts'
import type { Hello } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { type BootMirror, markWhole } from '../db/bootMirror.ts'
import type { Home } from '../db/home.ts'
import { cursorOf } from '../db/mirror.ts'
import { RELIST_LISTED } from './relist.ts'
import { bringRows, eventsOf, isBrought, largeBatchesOf, type UnpackedSegment, unpack } from './snapshotRows.ts'

/** What booting needs of the registry; tests give a recorded one. */
export interface BlobSource {
  blob(sha256: string, bytes: number): Promise<Uint8Array>
  /** The blob is in the mirror: it need not be kept any longer. */
  used(sha256: string): void
}

export interface Booting {
  readonly home: Home
  readonly source: BlobSource
  readonly now: () => Instant
  readonly hello: Pick<Hello, 'epoch' | 'head' | 'sample' | 'offlineHours'>
  readonly progress: (rows: number, total: number) => void
}

/**
 * Whether a desk at this cursor begins with the snapshot instead of the feed: a new one, one that was away for longer than the feed
 * goes back, and one whose mirror is of another history.
 */
export function mustBoot(
  cursor: { readonly seq: number; readonly epoch: string | null },
  hello: Pick<Hello, 'epoch' | 'oldest' | 'snapshot'>,
): SnapshotRef | null {
  const { snapshot } = hello
  if (!snapshot || !SNAPSHOT_FORMATS.includes(snapshot.format) || snapshot.seq === 0) return null
  const fits = cursor.epoch === null || cursor.epoch === hello.epoch
  return !fits || cursor.seq === 0 || cursor.seq + 1 < hello.oldest ? snapshot : null
}

/**
 * Builds a mirror from the registry's snapshot beside the one in use, and puts it in its place. Killed at any moment it goes on with
 * the segment it was at; after the machine itself went down it begins anew. Throws ProblemError: `segment-damaged`, `blob-missing` (the snapshot was collected: a newer one is announced),
 * `disk-full`; the old mirror is untouched then.
 */
export async function boot(p: Booting, ref: SnapshotRef): Promise<void> {
  const manifest = await manifestOf(p, ref)
  const mirror = p.home.beginMirror({ sha256: ref.manifest, manifest })
  try {
    if (!mirror.whole) {
      await bringAll(p, mirror)
      finish(p, mirror)
    }
  } catch (error) {
    mirror.store.close()
    await mirror.flushing.close()
    throw error
  }
  await p.home.putMirror(mirror)
}

async function manifestOf({ source, hello }: Booting, ref: SnapshotRef): Promise<SnapshotManifest> {
  const bytes = await source.blob(ref.manifest, ref.bytes)
  if (createHash('sha256').update(bytes).digest('hex') !== ref.manifest)
    throw trouble('blob-damaged', { sha256: ref.manifest })
  const parsed = zSnapshotManifest.safeParse(jsonOf(bytes))
  const damaged = (reason: string) => trouble('segment-damaged', { sha256: ref.manifest, reason })
  if (!parsed.success) throw damaged('manifest')
  source.used(ref.manifest)
  if (parsed.data.seq !== ref.seq || parsed.data.epoch !== hello.epoch) throw damaged('snapshot')
  return parsed.data
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null // not JSON: no manifest either
  }
}

/** Rows before the events that make them count, so that nothing of them shows before all are there. */
const inOrder = (segments: readonly SnapshotSegment[]): SnapshotSegment[] =>
  SNAPSHOT_PARTS.flatMap((part) => segments.filter((s) => s.part === part))

async function bringAll({ source, progress }: Booting, { store, manifest, flushing }: BootMirror): Promise<void> {
  const { segments, large } = manifest
  const total = segments.reduce((sum, s) => sum + s.rows, 0)
  const missing = inOrder(segments).filter((s) => !isBrought(store.read, s))
  let before = total - missing.reduce((sum, s) => sum + s.rows, 0)
  const fetched = (i: number): Promise<Uint8Array> | null => {
    const s = missing[i]
    return s ? ahead(source.blob(s.sha256, s.bytes)) : null
  }
  let coming = fetched(0)
  let unpacking: Promise<UnpackedSegment> | null = null
  for (let i = 0; i <= missing.length; i++) {
    const [segment, next] = [missing[i - 1], missing[i]]
    const unpacked = await unpacking
    // the next one is here before the rows of this one go in, so that a thread unpacks it beside them
    const packed = await coming
    unpacking = next && packed ? ahead(unpack(next, packed)) : null
    coming = fetched(i + 1)
    if (!segment || !unpacked) continue
    await bringRows(store, unpacked, large, (rows) => progress(before + rows, total))
    flushing.begin()
    source.used(segment.sha256)
    before += segment.rows
  }
}

/** A failure is heard when its turn comes. */
function ahead<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

const sha256Of = (manifest: SnapshotManifest): string =>
  createHash('sha256').update(JSON.stringify(manifest)).digest('hex')

function finish({ hello, now }: Booting, { store, manifest }: BootMirror): void {
  const { epoch, seq, at } = manifest
  const damaged = (reason: string) => trouble('segment-damaged', { sha256: sha256Of(manifest), reason })
  if (eventsOf(store.read) !== seq) throw damaged('events')
  if (JSON.stringify(largeBatchesOf(store.read)) !== JSON.stringify(manifest.large)) throw damaged('batches')
  store.write((tx) => {
    // the lists came with the snapshot; what is derived from facts beside them is merged in the background
    tx.run('DELETE FROM relist')
    if (tx.value<number>('SELECT 1 FROM listed LIMIT 1') === 1)
      tx.run('INSERT INTO relist(seq, batch, after) VALUES (?, ?, -1)', seq, RELIST_LISTED)
    tx.run('DELETE FROM seg_applied WHERE batch = 0')
    tx.run(
      `UPDATE cursor SET epoch = ?, seq = ?, head = ?, at = ?, synced_at = ?, sample = ?, offline_hours = ?, opened = 'open'
       WHERE id = 1`,
      epoch,
      seq,
      Math.max(seq, hello.head),
      at,
      now(),
      hello.sample ? 1 : 0,
      hello.offlineHours,
    )
    markWhole(tx)
  })
  if (cursorOf(store.read).seq !== seq) throw new Error('the new mirror does not stand where it should')
}
