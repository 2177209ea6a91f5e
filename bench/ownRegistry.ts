import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { openDatabase } from '../src/registry/db/openDatabase.ts'
import type { Database } from '../src/registry/db/pool.ts'
import { startCluster } from '../src/registry/embedded/cluster.ts'
import { type RunningRegistry, startRegistry } from '../src/registry/start.ts'

const SIDE = join(import.meta.dirname, 'registrySide.ts')

/** A registry of a bench's own, on a database of its own, with sample officers allowed; all of it goes when the bench ends. */
export interface OwnRegistry {
  readonly folder: string
  readonly db: Database
  /** It was kept from an earlier run and has its data. */
  readonly isFilled: boolean
  url(): string
  /** Of the process it runs in. */
  pid(): number
  buildSnapshot(): Promise<void>
  /** From here on it runs in a process of its own, as it does in the field: its work is no longer counted with the bench's. */
  moveApart(): Promise<void>
}

/** Runs a bench with a registry that has no data yet, or with the one kept in a folder. It builds snapshots only when told. */
export async function withRegistry(bench: (registry: OwnRegistry) => Promise<void>, keep?: string): Promise<void> {
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'tamga-bench-'))
  const isFilled = keep !== undefined && existsSync(join(keep, 'postgres'))
  mkdirSync(folder, { recursive: true })
  const cluster = await startCluster(join(folder, 'postgres'))
  let db: Database | undefined
  let here: RunningRegistry | null = null
  let apart: ChildProcess | null = null
  try {
    if (!isFilled) await createDatabase(cluster.url('postgres'), 'bench')
    const database = cluster.url('bench')
    here = await startRegistry({ data: folder, database, log: 'silent', snapshot: { after: Number.MAX_SAFE_INTEGER } })
    db = await openDatabase(database, () => undefined)
    await db.run('UPDATE counter SET sample = true')
    let url = here.url
    await bench({
      folder,
      db,
      isFilled,
      url: () => url,
      pid: () => apart?.pid ?? process.pid,
      buildSnapshot: async () => {
        if (!here) throw new Error('the registry runs apart')
        await here.buildSnapshot()
      },
      moveApart: async () => {
        await here?.stop()
        here = null
        apart = spawn(process.execPath, [SIDE, database, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
        url = (JSON.parse(await firstLine(apart)) as { url: string }).url
      },
    })
  } finally {
    await db?.close()
    await (here as RunningRegistry | null)?.stop()
    await ended(apart)
    await cluster.stop()
    if (keep === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (piece: Buffer) => {
      said += piece.toString()
      if (said.includes('\n')) resolve(said)
    })
    child.once('exit', (code) => reject(new Error(`the registry ended (${code}): ${said}`)))
  })
}

async function ended(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/** Wall time of some work in seconds, and what it gave. */
export async function seconds<T>(work: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now()
  const value = await work()
  return [(performance.now() - start) / 1000, value]
}
