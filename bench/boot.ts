import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { zSnapshotManifest } from '../src/contract/registry/snapshot.ts'
import { BlobStore } from '../src/registry/blob/blobStore.ts'
import type { Database } from '../src/registry/db/pool.ts'
import { makeSnapshot } from './madeSnapshot.ts'
import { fillNational } from './nationalRows.ts'
import { writeNdjson } from './ndjsonRows.ts'
import { type OwnRegistry, seconds, withRegistry } from './ownRegistry.ts'

/**
 * A new desk boots from a registry's snapshot over loopback into an encrypted mirror; against the same rows as zstd NDJSON from the same
 * registry through JSON.parse and prepared inserts into the same encrypted tables with the same indexes. Each in a process of its own.
 * `node bench/boot.ts [listings] [--peer no] [--keep folder] [--prepare|--weigh] [--made]`: a kept registry is filled once and used again; `--prepare`
 * only fills it; `--weigh` only fills it and tells what its database weighs; `--made` (without peer) writes the snapshot directly, for sizes whose database is not wanted.
 */
const { values, positionals } = parseArgs({
  options: {
    peer: { type: 'string', default: 'yes' },
    keep: { type: 'string' },
    prepare: { type: 'boolean' },
    made: { type: 'boolean' },
    weigh: { type: 'boolean' },
  },
  allowPositionals: true,
})
const listings = Number(positionals[0] ?? 1_000_000)
const withPeer = values.peer !== 'no' && values.made !== true

interface Ran {
  readonly wall: number
  readonly cpu: number
  readonly memory: number
  readonly rows: number
}

/** Runs one side in its own process: its own time and memory. */
function side(name: string, ...parameters: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bootSide.ts'), name, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString()
  })
  return new Promise((resolve, reject) =>
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(text) as Ran) : reject(new Error(`${name}: ${code}`)),
    ),
  )
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0)

/** Tables with their indexes, freshly filled; PostgreSQL's write-ahead log comes on top. */
async function weigh(db: Database): Promise<void> {
  const { bytes } =
    (await db.one<{ bytes: string }>('SELECT pg_database_size(current_database())::text AS bytes')) ?? {}
  console.log(`\ndatabase of ${listings} listings: ${megabytes(Number(bytes))} MB with indexes`)
  const tables = await db.all<{ name: string; bytes: string }>(
    `SELECT relname AS name, pg_total_relation_size(oid)::text AS bytes FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY pg_total_relation_size(oid) DESC LIMIT 4`,
  )
  for (const table of tables) console.log(`- ${table.name}: ${megabytes(Number(table.bytes))} MB`)
}

/** Fills the registry and builds its snapshot; tells what that took and what it weighs. */
async function prepare({ db, buildSnapshot }: OwnRegistry): Promise<void> {
  const [filled] = await seconds(() => fillNational(db, listings))
  if (values.weigh) return weigh(db)
  const [built] = await seconds(buildSnapshot)
  const [again] = await seconds(buildSnapshot)
  console.log(`\n## The registry, ${listings} listings\n\n| | s |\n|---|---|`)
  console.log(`| rows made by PostgreSQL | ${filled.toFixed(1)} |`)
  console.log(`| snapshot built in the background | ${built.toFixed(1)} |`)
  console.log(`| the next one, nothing changed | ${again.toFixed(1)} |`)
  await weigh(db)
  console.log(`process that built the snapshot: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`)
}

async function measure(registry: OwnRegistry): Promise<void> {
  const { folder, db } = registry
  const row = await db.one<{ manifest: string }>('SELECT manifest FROM snapshot ORDER BY seq DESC LIMIT 1')
  const blobs = new BlobStore(folder)
  const manifest = zSnapshotManifest.parse(JSON.parse((await blobs.read(row?.manifest ?? '')).toString()))
  const bytes = manifest.segments.reduce((sum, s) => sum + s.bytes, 0)
  await registry.moveApart()
  const home = newFolder(folder, 'home')
  const booted = await side('snapshot', home, registry.url())
  const size = statSync(join(home, 'cache.db')).size
  console.log(
    `\n## Boot of a new desk, ${listings} listings, ${manifest.segments.length} segments, ${megabytes(bytes)} MB\n`,
  )
  console.log('| | wall s | CPU s | MB |\n|---|---|---|---|')
  const print = (name: string, r: Ran) =>
    console.log(`| ${name} | ${r.wall.toFixed(1)} | ${r.cpu.toFixed(1)} | ${Math.round(r.memory)} |`)
  print('desk: snapshot over HTTP', booted)
  if (withPeer) {
    const parts = JSON.stringify(await ndjsonOf(registry, blobs))
    const peer = await side('ndjson', newFolder(folder, 'peer'), registry.url(), parts)
    print('peer: zstd NDJSON over HTTP', peer)
    console.log(`\n${(peer.cpu / booted.cpu).toFixed(1)} × the CPU, ${(peer.wall / booted.wall).toFixed(1)} × as long`)
    if (peer.rows !== booted.rows) throw new Error(`${peer.rows} rows against ${booted.rows}`)
  }
  console.log(`\n${booted.rows} rows, mirror ${megabytes(size)} MB, limits: 10 M in 15 s, 50 M in 60 s, 500 MB`)
}

/** A home that no earlier run left anything in. */
function newFolder(folder: string, name: string): string {
  const path = join(folder, name)
  rmSync(path, { recursive: true, force: true })
  return path
}

/** Written once, also for a kept registry. */
async function ndjsonOf({ folder, db }: OwnRegistry, blobs: BlobStore): ReturnType<typeof writeNdjson> {
  const list = join(folder, 'ndjson.json')
  if (!existsSync(list)) writeFileSync(list, JSON.stringify(await writeNdjson(db, blobs)))
  return JSON.parse(readFileSync(list, 'utf8')) as Awaited<ReturnType<typeof writeNdjson>>
}

await withRegistry(async (registry) => {
  if (!registry.isFilled && values.made) await makeSnapshot(registry.db, new BlobStore(registry.folder), listings)
  else if (!registry.isFilled) await prepare(registry)
  if (values.weigh) return
  if (!values.prepare) await measure(registry)
  else if (withPeer) await ndjsonOf(registry, new BlobStore(registry.folder))
}, values.keep)
