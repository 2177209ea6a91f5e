import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { zstdDecompressSync } from 'node:zlib'
import { openHome } from '../src/engine/db/home.ts'
import { openReader } from '../src/engine/db/openReader.ts'
import type { NdjsonPart } from './ndjsonRows.ts'

/** One side of bench/boot.ts in a process of its own: `node bench/bootSide.ts snapshot|ndjson HOME FROM`. */
const [side, home = '', from = ''] = process.argv.slice(2)
const KEY = 'e5'.repeat(32)

/** A whole desk; ends when lookups and lists are right, what is derived beside them follows in the background. */
async function bootDesk(): Promise<() => Promise<void>> {
  const { perform } = await import('../src/contract/call.ts')
  const { ENGINE_CALLS } = await import('../src/contract/engine.ts')
  const { openDesk } = await import('../src/engine/openDesk.ts')
  const desk = await openDesk({
    home,
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

/** The peer: the same rows in the same encrypted file, the lists as plain rows without an index. */
function readNdjson(parts: readonly NdjsonPart[]): void {
  const { cache } = openHome(home, KEY, [])
  const into = {
    fact: 'INSERT INTO fact(imei14, batch, doc, next) VALUES (?, ?, ?, ?)',
    doc: 'INSERT INTO doc(batch, no, op, date, network, data) VALUES (?, ?, ?, ?, ?, ?)',
    listing: 'INSERT INTO plain_listing VALUES (?, ?, ?, ?, ?)',
  } as const
  cache.write((tx) =>
    tx.run(
      'CREATE TABLE plain_listing(imei14 INTEGER PRIMARY KEY, list TEXT, reason TEXT, since TEXT, deadline TEXT) STRICT',
    ),
  )
  for (const [table, path] of parts)
    cache.write((tx) => {
      for (const line of zstdDecompressSync(readFileSync(path)).toString().split('\n'))
        tx.run(into[table], ...(JSON.parse(line) as (string | number | null)[]))
    })
}

// the work alone: a desk starts in about a second whatever it has to fetch
const work = side === 'snapshot' ? await bootDesk() : () => readNdjson(JSON.parse(from) as NdjsonPart[])
const begun = { wall: performance.now(), cpu: process.cpuUsage() }
await work()
const wall = (performance.now() - begun.wall) / 1000
const { user, system } = process.cpuUsage(begun.cpu)
const { maxRSS } = process.resourceUsage()
const reader = openReader(`${home}/cache.db`, KEY)
const rows = ['fact', 'doc', side === 'snapshot' ? 'listed' : 'plain_listing'].map(
  (table) => reader.value<number>(`SELECT count(*) FROM ${table}`) ?? 0,
)
process.stdout.write(
  JSON.stringify({
    wall,
    cpu: (user + system) / 1e6,
    memory: maxRSS / 1024,
    rows: rows.reduce((a, b) => a + b, 0),
  }),
)
process.exit(0)
