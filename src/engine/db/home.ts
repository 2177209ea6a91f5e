import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { SnapshotManifest } from '../../contract/registry/snapshot.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { BlobStore } from './blobStore.ts'
import { type BootMirror, bootPath, dropBootMirror, finishedBootMirror, openBootMirror } from './bootMirror.ts'
import { CACHE_MIGRATIONS } from './cacheMigrations/all.ts'
import { named } from './connection.ts'
import { DESK_MIGRATIONS } from './deskMigrations/all.ts'
import { lockHome } from './homeLock.ts'
import type { Migration } from './migrate.ts'
import { PartialBlobs } from './partialBlobs.ts'
import { type CacheStore, type DeskStore, Store } from './store.ts'

/** The open files of a desk: a disposable mirror, what is precious, and blobs; all encrypted with the home's key. */
export interface Home {
  readonly folder: string
  readonly cache: CacheStore
  readonly desk: DeskStore
  readonly blobs: BlobStore
  /** Blobs on their way from the registry. */
  readonly partials: PartialBlobs
  /** The mirror was damaged and is begun anew. */
  readonly cacheRebuilt: boolean
  /** Begins a mirror beside the one in use, or goes on with the one of this manifest. */
  beginMirror(wanted: { readonly sha256: string; readonly manifest: SnapshotManifest }): BootMirror
  /** Puts a whole mirror in the place of the one in use, once all of it is on the disk. */
  putMirror(mirror: BootMirror): Promise<void>
  /** The mirror agrees with the registry: an end that was not one no longer matters. */
  trustMirror(): void
  close(): void
}

const CACHE_MB = 64
const DESK_MB = 32
/** 128 MB: a desk that catches up changes the same pages of the mirror again and again. */
const CACHE_CHECKPOINT_PAGES = 32_000

/**
 * Opens a home, making it when it is not there. Throws `home-in-use`, `home-key-wrong`, `schema-newer`, `disk-full` or
 * `disk-read-only`.
 * desk.db is opened first: when it opens, the key is right, and a cache that does not open is damaged and may go.
 */
export function openHome(folder: string, keyHex: string, featureMigrations: readonly Migration[]): Home {
  makeFolder(folder)
  const lock = lockHome(join(folder, 'engine.lock'), folder)
  let desk: DeskStore | undefined
  try {
    desk = new Store('desk', join(folder, 'desk.db'), { keyHex, synchronous: 'FULL', cacheMb: DESK_MB }, [
      ...DESK_MIGRATIONS,
      ...featureMigrations,
    ])
    const { cache, rebuilt } = openCache(join(folder, 'cache.db'), keyHex)
    const blobs = new BlobStore(join(folder, 'blobs'), keyHex)
    const opened = desk
    noteOpened(cache)
    let closed = false
    return {
      folder,
      cache,
      desk: opened,
      blobs,
      partials: new PartialBlobs(join(folder, 'partial'), keyHex),
      cacheRebuilt: rebuilt,
      beginMirror: (wanted) => openBootMirror(cache.path, keyHex, wanted),
      async putMirror({ store, flushing }) {
        await flushing.all()
        store.close()
        await flushing.close()
        cache.replaceBy(bootPath(cache.path))
        dropBootMirror(cache.path)
      },
      trustMirror() {
        cache.write((tx) => tx.run(`UPDATE cursor SET opened = 'open'`))
      },
      close() {
        if (closed) return
        closed = true
        try {
          // what an earlier end left in doubt stays in doubt until it was compared
          cache.write((tx) => tx.run(`UPDATE cursor SET opened = 'closed' WHERE opened = 'open'`))
        } catch (error) {
          // a disk without room: the next start takes this end for one that was not clean, and compares
          if (!(error instanceof ProblemError)) throw error
        } finally {
          cache.close()
          opened.close()
          lock.release()
        }
      },
    }
  } catch (error) {
    desk?.close()
    lock.release()
    throw error
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    // what Node answers where a disk is read-only
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw missing ? trouble('disk-read-only', { file: basename(folder) }) : named(error, folder)
  }
}

/** An engine that finds the mirror open was preceded by one that did not come to its end. */
function noteOpened(cache: CacheStore): void {
  cache.write((tx) => tx.run(`UPDATE cursor SET opened = CASE opened WHEN 'closed' THEN 'open' ELSE 'suspect' END`))
}

function openCache(path: string, keyHex: string): { cache: CacheStore; rebuilt: boolean } {
  const finished = finishedBootMirror(path, keyHex)
  if (finished) {
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
    renameSync(finished, path)
    dropBootMirror(path)
  }
  const open = (): CacheStore =>
    new Store(
      'cache',
      path,
      { keyHex, synchronous: 'NORMAL', cacheMb: CACHE_MB, checkpointPages: CACHE_CHECKPOINT_PAGES },
      CACHE_MIGRATIONS,
    )
  try {
    return { cache: open(), rebuilt: false }
  } catch (error) {
    const damaged =
      (error instanceof ProblemError && error.problem.code === 'home-key-wrong') ||
      (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT'))
    if (!damaged) throw error
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
    return { cache: open(), rebuilt: true }
  }
}
