import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { FeedEvent } from '../src/contract/registry.ts'
import { SEGMENT_SCHEMA } from '../src/contract/segment.ts'
import { noEffect } from '../src/domain/effect.ts'
import { imei15Text } from '../src/domain/imei.ts'
import { factsOfSorted } from '../src/engine/db/facts.ts'
import { openHome } from '../src/engine/db/home.ts'
import { openMemory } from '../src/engine/db/memoryDb.ts'
import { openReader } from '../src/engine/db/openReader.ts'
import { Store } from '../src/engine/db/store.ts'
import { lookup } from '../src/engine/listing/lookup.ts'
import type { Desk } from '../src/engine/sync/desk.ts'
import { pull } from '../src/engine/sync/pull.ts'
import { relistChunk } from '../src/engine/sync/relist.ts'

/**
 * Applying a large list to the encrypted mirror, merging its lists, and looking up in it; against the same rows as zstd NDJSON through
 * JSON.parse and prepared inserts. `node bench/mirror.ts [rows in millions]`.
 */
const MILLION = 1_000_000
const millions = Number(process.argv[2] ?? 2)
const KEY = 'e5'.repeat(32)
const EPOCH = '00000000-0000-4000-8000-000000000001'
const folder = mkdtempSync(join(tmpdir(), 'tamga-bench-'))

/** Keys with gaps as real serials have, ascending over all parts. */
const keyOf = (n: number): number => 86_000_000_000_000 + n * 7 + ((n * 2_654_435_761) % 5)

function segment(part: number): Uint8Array {
  const db = openMemory(SEGMENT_SCHEMA)
  db.write((tx) => {
    for (const [key, value] of Object.entries({ format: 1, batch: batchId, kind: 'operator', part, parts: millions }))
      tx.run('INSERT INTO meta VALUES (?, ?)', key, String(value))
    for (let no = 0; no < 30; no++)
      tx.run(
        'INSERT INTO doc VALUES (?, ?, ?, ?, ?)',
        no,
        'add',
        `2026-01-${String(no + 1).padStart(2, '0')}`,
        'home',
        '{}',
      )
    tx.insertSorted('fact', ['imei14', 'doc', 'next'], rowsOf(part))
  })
  const bytes = db.serialize()
  db.close()
  return zstdCompressSync(bytes)
}
function* rowsOf(part: number): Generator<[number, number, number]> {
  for (let i = 0; i < MILLION; i++) yield [keyOf((part - 1) * MILLION + i), i % 30, 0]
}
const batchId = '00000000-0000-7000-8000-000000000001'

/** CPU seconds of this process, so that a busy machine does not change the figures. */
const seconds = async (work: () => Promise<unknown> | unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
const print = (name: string, value: string): void => console.log(`| ${name} | ${value} |`)

const blobs = new Map<string, Uint8Array>()
const segments = Array.from({ length: millions }, (_, i) => {
  const bytes = segment(i + 1)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  blobs.set(sha256, bytes)
  return { sha256, rows: MILLION, bytes: bytes.length }
})
const event: FeedEvent = {
  seq: 1,
  type: 'batch-committed',
  at: '2026-02-01T00:00:00.000Z',
  doc: {
    no: 1,
    head: {
      id: batchId,
      kind: 'operator',
      source: 'kcell',
      letter: '',
      full: false,
      file: { name: 'bench', sha256: '0'.repeat(64) },
      content: '0'.repeat(64),
      counts: { rows: 0, accepted: 0, rejected: 0, duplicates: 0, problems: {}, imeis: 0 },
      accepted: [],
    },
    segments,
    effect: noEffect(),
    by: 'bench',
    desk: EPOCH,
    command: EPOCH,
    signedBy: [],
    replaces: [],
  },
}

const home = openHome(join(folder, 'home'), KEY, [])
const source = {
  feed: (_epoch: string, after: number) => Promise.resolve({ epoch: EPOCH, head: 1, events: [event].slice(after) }),
  blob: (sha256: string) => Promise.resolve(blobs.get(sha256) ?? new Uint8Array()),
  used: () => undefined,
}
const now = () => '2026-02-01T00:00:00.000Z'

console.log(`\n## Mirror, ${millions} million rows, encrypted (CPU seconds)\n\n| | |\n|---|---|`)
const applied = await seconds(() =>
  pull(
    { cache: home.cache, source, now, changed: () => undefined, progress: () => undefined, copied: () => undefined },
    EPOCH,
  ),
)
print('apply: decompress, check, copy', `${applied.toFixed(2)} s`)

const ndjson = segments.map((_, i) => zstdCompressSync([...rowsOf(i + 1)].map((r) => JSON.stringify(r)).join('\n')))
const naive = new Store('naive', join(folder, 'naive.db'), { keyHex: KEY, synchronous: 'NORMAL', cacheMb: 64 }, [
  {
    number: 1,
    name: 'fact',
    sql: 'CREATE TABLE fact(imei14 INTEGER, batch INTEGER, doc INTEGER, next INTEGER, PRIMARY KEY (imei14, batch)) STRICT, WITHOUT ROWID',
  },
])
const parsed = await seconds(() => {
  for (const part of ndjson)
    naive.write((tx) => {
      for (const line of zstdDecompressSync(part).toString().split('\n')) {
        const [imei14, doc, next] = JSON.parse(line) as [number, number, number]
        tx.run('INSERT INTO fact VALUES (?, 1, ?, ?)', imei14, doc, next)
      }
    })
})
naive.close()
print('the same rows as NDJSON', `${parsed.toFixed(2)} s, ${(parsed / applied).toFixed(1)} × as long`)

const merged = await seconds(() => {
  while (relistChunk(home.cache) !== null);
})
print('merge of the stored lists, all grey', `${merged.toFixed(2)} s, ${(merged / millions).toFixed(2)} µs an IMEI`)

const keys = Float64Array.from({ length: MILLION }, (_, i) => keyOf(i * millions))
const own = openReader(home.cache.path, KEY)
const walked = await seconds(() => {
  for (const _ of factsOfSorted(own, keys));
})
own.close()
print('facts of 1 M sorted IMEIs', `${walked.toFixed(2)} s`)

const desk = { home, now } as unknown as Desk
const times = Array.from({ length: 20_000 }, (_, i) => {
  const imei = imei15Text(keyOf((i * 7919 * 104_729) % (millions * MILLION)))
  const start = performance.now()
  lookup(desk, [imei])
  return (performance.now() - start) * 1000
}).sort((a, b) => a - b)
const at = (share: number): string => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(0)} µs`
print('lookup of one IMEI, any place', `p50 ${at(0.5)}, p99 ${at(0.99)}`)
const thousand = Array.from({ length: 1000 }, (_, i) => imei15Text(keyOf((i * 15_485_863) % (millions * MILLION))))
print('lookup of 1,000 pasted', `${((await seconds(() => lookup(desk, thousand))) * 1000).toFixed(0)} ms`)
print('memory of the process', `${Math.round(process.memoryUsage().rss / 1e6)} MB`)
home.close()
rmSync(folder, { recursive: true })
