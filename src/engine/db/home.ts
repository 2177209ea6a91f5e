import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '../../domain/problem.ts'
import { BlobStore } from './blobStore.ts'
import { CACHE_MIGRATIONS } from './cacheMigrations/all.ts'
import { DESK_MIGRATIONS } from './deskMigrations/all.ts'
import { lockHome } from './homeLock.ts'
import type { Migration } from './migrate.ts'
import { type CacheStore, type DeskStore, Store } from './store.ts'

/** The open files of a desk: a disposable mirror, what is precious, and blobs; all encrypted with the home's key. */
export interface Home {
  readonly folder: string
  readonly cache: CacheStore
  readonly desk: DeskStore
  readonly blobs: BlobStore
  /** The mirror was damaged and is begun anew. */
  readonly cacheRebuilt: boolean
  close(): void
}

const CACHE_MB = 64
const DESK_MB = 32

/**
 * Opens a home, making it when it is not there. Throws `home-in-use`, `home-key-wrong` or `schema-newer`.
 * desk.db is opened first: when it opens, the key is right, and a cache that does not open is damaged and may go.
 */
export function openHome(folder: string, keyHex: string, featureMigrations: readonly Migration[]): Home {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
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
    return {
      folder,
      cache,
      desk: opened,
      blobs,
      cacheRebuilt: rebuilt,
      close() {
        cache.close()
        opened.close()
        lock.release()
      },
    }
  } catch (error) {
    desk?.close()
    lock.release()
    throw error
  }
}

function openCache(path: string, keyHex: string): { cache: CacheStore; rebuilt: boolean } {
  const open = (): CacheStore =>
    new Store('cache', path, { keyHex, synchronous: 'NORMAL', cacheMb: CACHE_MB }, CACHE_MIGRATIONS)
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
