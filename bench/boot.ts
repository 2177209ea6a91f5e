import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { zSnapshotManifest } from '../src/contract/registry/snapshot.ts'
import { BlobStore } from '../src/registry/blob/blobStore.ts'
import { fillNational } from './nationalRows.ts'
import { writeNdjson } from './ndjsonRows.ts'
import { seconds, withRegistry } from './ownRegistry.ts'

/**
 * A new desk boots from a registry's snapshot over loopback into an encrypted mirror; against the same rows as zstd NDJSON through
 * JSON.parse and prepared inserts into the same tables. Each in a process of its own: `node bench/boot.ts [listings] [peer: yes|no]`.
 */
const listings = Number(process.argv[2] ?? 1_000_000)
const withPeer = process.argv[3] !== 'no'

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

await withRegistry(async (registry) => {
  const { folder, db } = registry
  const [filled] = await seconds(() => fillNational(db, listings))
  const [built] = await seconds(() => registry.buildSnapshot())
  const [again] = await seconds(() => registry.buildSnapshot())
  const row = await db.one<{ manifest: string }>('SELECT manifest FROM snapshot ORDER BY seq DESC LIMIT 1')
  const blobs = new BlobStore(folder)
  const manifest = zSnapshotManifest.parse(JSON.parse((await blobs.read(row?.manifest ?? '')).toString()))
  const bytes = manifest.segments.reduce((sum, s) => sum + s.bytes, 0)
  console.log(
    `\n## Boot of a new desk, ${listings} listings, ${manifest.segments.length} segments, ${(bytes / 1e6).toFixed(0)} MB\n`,
  )
  console.log('| | wall s | CPU s | MB |\n|---|---|---|---|')
  console.log(`| registry: rows made by PostgreSQL | ${filled.toFixed(1)} | | |`)
  console.log(`| registry: snapshot built in the background | ${built.toFixed(1)} | | |`)
  console.log(`| registry: the next one, nothing changed | ${again.toFixed(1)} | | |`)
  await registry.moveApart()
  const booted = await side('snapshot', join(folder, 'home'), registry.url())
  const print = (name: string, r: Ran) =>
    console.log(`| ${name} | ${r.wall.toFixed(1)} | ${r.cpu.toFixed(1)} | ${Math.round(r.memory)} |`)
  print('desk: snapshot over HTTP', booted)
  const size = statSync(join(folder, 'home', 'cache.db')).size
  if (withPeer) {
    const parts = await writeNdjson(db, join(folder, 'ndjson'))
    const peer = await side('ndjson', join(folder, 'peer'), JSON.stringify(parts))
    print('peer: zstd NDJSON from the disk', peer)
    console.log(`\n${(peer.cpu / booted.cpu).toFixed(1)} × the CPU, ${(peer.wall / booted.wall).toFixed(1)} × as long`)
    if (peer.rows !== booted.rows) throw new Error(`${peer.rows} rows against ${booted.rows}`)
  }
  console.log(`\n${booted.rows} rows, mirror ${(size / 1e6).toFixed(0)} MB, limits: 10 M in 15 s, 50 M in 60 s, 500 MB`)
})
