import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { zstdDecompressSync } from 'node:zlib'
import type { SnapshotManifest } from '../src/contract/registry/snapshot.ts'
import { openHome } from '../src/engine/db/home.ts'
import { openReader } from '../src/engine/db/openReader.ts'
import type { NdjsonPart } from './ndjsonRows.ts'

/** One side of bench/boot.ts in a process of its own: `node bench/bootSide.ts snapshot|ndjson HOME REGISTRY [PARTS]`. */
const [side, folder = '', from = '', parts = '[]'] = process.argv.slice(2)
const KEY = 'e5'.repeat(32)

/** A whole desk; ends when lookups and lists are right, what is derived beside them follows in the background. */
async function bootDesk(): Promise<() => Promise<void>> {
  const { perform } = await import('../src/contract/call.ts')
  const { ENGINE_CALLS } = await import('../src/contract/engine.ts')
  const { openDesk } = await import('../src/engine/openDesk.ts')
  const desk = await openDesk({
    home: folder,
    keyHex: KEY,
    registry: from,
    now: () => new Date().toISOString(),
    live: true,
    log: {
      info: () => undefined,
      error: (text, error) => {
        throw new Error(text, { cause: error })
      },
    },
  })
  return async () => {
    const answer = await perform(ENGINE_CALLS, desk.handlers, 'sync', {}, (error) => {
      throw error
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
  }
}

/**
 * The peer: a plain loader in one process. The same rows into the same encrypted tables with the same indexes and the same journal, the
 * lists as entries and rows like the desk's own; a part is fetched from the same registry, checked, unpacked and inserted row by row in
 * one transaction.
 */
async function readNdjson(url: string, parts: readonly NdjsonPart[]): Promise<void> {
  const home = openHome(folder, KEY, [])
  const mirror = home.beginMirror({ sha256: '0'.repeat(64), manifest: NO_MANIFEST })
  const { store } = mirror
  const into = {
    fact: 'INSERT INTO fact(imei14, batch, doc, next) VALUES (?, ?, ?, ?)',
    doc: 'INSERT INTO doc(batch, no, op, date, network, data) VALUES (?, ?, ?, ?, ?, ?)',
    listing: 'INSERT INTO listed(imei14, entry) VALUES (?, ?)',
  } as const
  const entries = new Map<string, { readonly no: number; count: number; readonly said: readonly string[] }>()
  const entryOf = (list: string, reason: string, since: string, deadline: string | null): number => {
    const said = `${since} ${deadline} ${reason} ${list}`
    let entry = entries.get(said)
    if (!entry) {
      entry = { no: entries.size + 1, count: 0, said: [list, reason, since, deadline ?? ''] }
      entries.set(said, entry)
    }
    entry.count++
    return entry.no
  }
  for (const [table, sha256] of parts) {
    const packed = new Uint8Array(await (await fetch(new URL(`/v1/blobs/${sha256}`, url))).arrayBuffer())
    if (createHash('sha256').update(packed).digest('hex') !== sha256) throw new Error(`${sha256} is damaged`)
    store.write((tx) => {
      for (const line of zstdDecompressSync(packed).toString().split('\n')) {
        const row = JSON.parse(line) as [number, ...string[]]
        if (table !== 'listing') tx.run(into[table], ...row)
        else tx.run(into.listing, row[0], entryOf(row[1] ?? '', row[2] ?? '', row[3] ?? '', row[4] ?? null))
      }
    })
  }
  store.write((tx) => {
    for (const { no, count, said } of entries.values())
      tx.run(
        'INSERT INTO listing_entry(no, list, reason, since, deadline, count) VALUES (?, ?, ?, ?, ?, ?)',
        no,
        ...said,
        count,
      )
  })
  await home.putMirror(mirror)
}

const NO_MANIFEST: SnapshotManifest = {
  format: 0,
  installation: '',
  epoch: '',
  seq: 0,
  at: '1970-01-01T00:00:00.000Z',
  segments: [],
  large: [],
  folded: 0,
}

// the work alone: a desk starts in about a second whatever it has to fetch
const work = side === 'snapshot' ? await bootDesk() : () => readNdjson(from, JSON.parse(parts) as NdjsonPart[])
const begun = { wall: performance.now(), cpu: process.cpuUsage() }
await work()
const wall = (performance.now() - begun.wall) / 1000
const { user, system } = process.cpuUsage(begun.cpu)
const { maxRSS } = process.resourceUsage()
const reader = openReader(`${folder}/cache.db`, KEY)
// what the lists say is merged with what hangs on it in the background: its entries are no rows that came
const rows = ['fact', 'doc', 'listed'].map((table) => reader.value<number>(`SELECT count(*) FROM ${table}`) ?? 0)
process.stdout.write(
  JSON.stringify({
    wall,
    cpu: (user + system) / 1e6,
    memory: maxRSS / 1024,
    rows: rows.reduce((a, b) => a + b, 0),
  }),
)
process.exit(0)
