import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { type SnapshotManifest, zSnapshotManifest } from '../../contract/registry/snapshot.ts'
import { ProblemError } from '../../domain/problem.ts'
import { CACHE_MIGRATIONS } from './cacheMigrations/all.ts'
import { Flushing } from './flushing.ts'
import type { Writer } from './handle.ts'
import { machineRun } from './machineRun.ts'
import { type CacheStore, Store } from './store.ts'

/**
 * A mirror in the making, beside the one that is in use: built from a snapshot over many transactions, also over several runs of the
 * engine, and put in the other's place when it is whole. Until then officers read the old one.
 */
export interface BootMirror {
  readonly store: CacheStore
  readonly manifest: SnapshotManifest
  /** Everything is in it; it only has to take its place. */
  readonly whole: boolean
  /** It is written without waiting for the disk, and must be there before it takes its place. */
  readonly flushing: Flushing
}
type Begun = Omit<BootMirror, 'flushing'>

const BOOT_MB = 64
/** `machine`: the run of the machine it was begun in (`machineRun`); after another one nobody knows what of it reached the disk. */
const STATE = `CREATE TABLE IF NOT EXISTS boot_state(
  id INTEGER PRIMARY KEY CHECK (id = 1), sha256 TEXT NOT NULL, manifest TEXT NOT NULL, whole INTEGER NOT NULL,
  machine TEXT NOT NULL) STRICT`
const FILES = ['', '-journal', '-wal', '-shm']

export const bootPath = (cachePath: string): string => cachePath.replace(/\.db$/, '.boot.db')

/** Throws the mirror in the making away. */
export function dropBootMirror(cachePath: string): void {
  for (const end of FILES) rmSync(bootPath(cachePath) + end, { force: true })
}

/** Opens the mirror that an earlier run began, if it is of this manifest (`sha256` names it); otherwise begins anew. */
export function openBootMirror(
  cachePath: string,
  keyHex: string,
  wanted: { readonly sha256: string; readonly manifest: SnapshotManifest },
): BootMirror {
  const flushed = (mirror: Begun): BootMirror => ({ ...mirror, flushing: new Flushing(bootPath(cachePath)) })
  const begun = openBegun(cachePath, keyHex)
  if (begun?.sha256 === wanted.sha256) return flushed(begun)
  begun?.store.close()
  dropBootMirror(cachePath)
  const store = openStore(cachePath, keyHex)
  store.write((tx) => {
    tx.run(STATE)
    tx.run(
      'INSERT INTO boot_state(id, sha256, manifest, whole, machine) VALUES (1, ?, ?, 0, ?)',
      wanted.sha256,
      JSON.stringify(wanted.manifest),
      machineRun(),
    )
  })
  return flushed({ store, manifest: wanted.manifest, whole: false })
}

const openStore = (cachePath: string, keyHex: string): CacheStore =>
  new Store(
    'cache',
    bootPath(cachePath),
    { keyHex, synchronous: 'OFF', cacheMb: BOOT_MB, journal: 'truncate' },
    CACHE_MIGRATIONS,
  )

function openBegun(cachePath: string, keyHex: string): (Begun & { readonly sha256: string }) | null {
  if (!existsSync(bootPath(cachePath))) return null
  let store: CacheStore | undefined
  try {
    store = openStore(cachePath, keyHex)
    store.write((tx) => tx.run(STATE))
    const row = store.read
      .rows<[string, string, number]>('SELECT sha256, manifest, whole FROM boot_state WHERE id = 1 AND machine = ?')
      .get(machineRun())
    const manifest = row && zSnapshotManifest.safeParse(JSON.parse(row[1])).data
    if (row && manifest) return { store, manifest, sha256: row[0], whole: row[2] === 1 }
  } catch (error) {
    // one that cannot be read is built anew; what does not concern the file itself is told
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const unusable =
      code.startsWith('SQLITE_CORRUPT') || (error instanceof ProblemError && UNUSABLE.has(error.problem.code))
    if (!unusable) {
      store?.close()
      throw error
    }
  }
  store?.close()
  return null
}
const UNUSABLE: ReadonlySet<string> = new Set(['home-key-wrong', 'schema-newer'])

/** Notes in the transaction that brings the last of it that the mirror is whole. */
export const markWhole = (tx: Writer): void => {
  tx.run('UPDATE boot_state SET whole = 1')
}

/** Before the mirror is opened: a new one that was finished but not yet put in place by a run that ended. Answers its path, or null. */
export function finishedBootMirror(cachePath: string, keyHex: string): string | null {
  const begun = openBegun(cachePath, keyHex)
  if (!begun) {
    dropBootMirror(cachePath)
    return null
  }
  begun.store.close()
  if (!begun.whole) return null
  const file = openSync(bootPath(cachePath), 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return bootPath(cachePath)
}
