import { zstdDecompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  digestText,
  factDigestSql,
  listingDigestSql,
  listNumberSql,
  reasonNumberSql,
} from '../../src/contract/digest.ts'
import type { Digest } from '../../src/contract/registry.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const digestAt = async (seq?: number) =>
  (await desk.send('GET', `/v1/digest${seq === undefined ? '' : `?atSeq=${seq}`}`)).body as Digest

/** The mirror a desk builds from the feed, as plain as can be, and its digest. */
async function mirrored(seq: number): Promise<Omit<Digest, 'seq'>> {
  const cache = new Database(':memory:')
  cache.exec(`CREATE TABLE batch (no INTEGER PRIMARY KEY, id TEXT, added INTEGER, ended INTEGER) STRICT;
    CREATE TABLE fact (imei14 INTEGER, batch INTEGER, doc INTEGER, next INTEGER, PRIMARY KEY (imei14, batch)) STRICT, WITHOUT ROWID;
    CREATE TABLE listing (imei14 INTEGER PRIMARY KEY, list TEXT, reason TEXT, since TEXT, deadline TEXT) STRICT`)
  for (const event of await desk.feed()) {
    if (event.seq > seq) break
    const doc = event.doc as { no: number; id: string; segments: { sha256: string }[]; replaces: number[] }
    if (event.type === 'batch-undone') cache.prepare('UPDATE batch SET ended = ? WHERE no = ?').run(event.seq, doc.no)
    if (event.type !== 'batch-committed') continue
    cache.prepare('INSERT INTO batch VALUES (?, ?, ?, NULL)').run(doc.no, doc.id ?? '', event.seq)
    for (const old of doc.replaces) cache.prepare('UPDATE batch SET ended = ? WHERE no = ?').run(event.seq, old)
    for (const { sha256 } of doc.segments) {
      const bytes = Buffer.from(await (await fetch(`${registry.url}/v1/blobs/${sha256}`)).arrayBuffer())
      const segment = new Database(zstdDecompressSync(bytes))
      const insert = cache.prepare('INSERT INTO fact VALUES (?, ?, ?, ?)')
      for (const [key, no, next] of segment.prepare('SELECT imei14, doc, next FROM fact').raw().all() as number[][])
        insert.run(key, doc.no, no, next)
      segment.close()
    }
  }
  type Sums = { rows: number; a: number; b: number }
  const facts = cache
    .prepare(
      `SELECT ${factDigestSql({ imei14: 'imei14', batch: 'f.batch', doc: 'doc', next: 'next' })} FROM fact f JOIN batch b ON b.no = f.batch WHERE b.ended IS NULL`,
    )
    .get() as Sums
  const listings = await registry.query<{
    imei14: string
    list: string
    reason: string
    since: string
    deadline: string
  }>('SELECT imei14, list, reason, since::text, deadline::text FROM listing')
  for (const l of listings)
    cache
      .prepare('INSERT INTO listing VALUES (?, ?, ?, ?, ?)')
      .run(Number(l.imei14), l.list, l.reason, l.since, l.deadline)
  const day = (column: string) => `coalesce(CAST(replace(${column}, '-', '') AS INTEGER), 0)`
  const columns = { imei14: 'imei14', list: listNumberSql('list'), reason: reasonNumberSql('reason') }
  const listed = cache
    .prepare(`SELECT ${listingDigestSql({ ...columns, since: day('since'), deadline: day('deadline') })} FROM listing`)
    .get() as Sums
  cache.close()
  return { facts: digestText(facts), listings: digestText(listed) }
}

test('SQLite and PostgreSQL compute the same digest of the same facts and listings, now and as of an earlier event', async () => {
  const first = await desk.imports({
    kind: 'operator',
    imeis: [imei(1), imei(2), imei(3)],
    date: '2025-11-01',
    oneDevice: true,
  })
  await desk.importsBlack({ kind: 'stolen', imeis: [imei(4), 1, 99_999_999_999_999] })
  const then = (await desk.hello()).head
  const atThen = await mirrored(then)
  expect(await digestAt(then)).toEqual({ seq: then, ...atThen })
  await desk.imports({ kind: 'customs', imeis: [imei(2)] })
  await desk.does('importer', 'undo-batch', { batch: first.batch, reason: 'wrong' })
  const { head } = await desk.hello()
  expect(await digestAt()).toEqual({ seq: head, ...(await mirrored(head)) })
  expect(await digestAt(then)).toEqual({ seq: then, ...atThen })
})

test('one changed value changes the digest', async () => {
  const before = await digestAt()
  for (const [change, back] of [
    ['UPDATE fact SET next = 7 WHERE imei14 = 1', 'UPDATE fact SET next = 0 WHERE imei14 = 1'],
    [
      "UPDATE listing SET reason = 'counterfeit' WHERE imei14 = 1",
      "UPDATE listing SET reason = 'stolen' WHERE imei14 = 1",
    ],
    ['UPDATE listing SET since = since + 1 WHERE imei14 = 1', 'UPDATE listing SET since = since - 1 WHERE imei14 = 1'],
  ] as const) {
    await registry.query(change)
    expect(await digestAt()).not.toEqual(before)
    await registry.query(back)
    expect(await digestAt()).toEqual(before)
  }
})

test('a digest of an event that never was is refused', async () => {
  expect((await desk.send('GET', '/v1/digest?atSeq=1000000')).status).toBe(409)
})
