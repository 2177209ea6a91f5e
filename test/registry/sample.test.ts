import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVENTS, type EventType } from '../../src/contract/registry.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { listingOf } from '../../src/domain/policy.ts'
import { factsOf } from '../../src/registry/db/fact/queries.ts'
import { Database } from '../../src/registry/db/pool.ts'
import { type RunningRegistry, startRegistry } from '../../src/registry/start.ts'
import { freshDatabase } from './furnishedDatabase.ts'
import { TestDesk } from './testDesk.ts'

let data: string
let database: string
let registry: RunningRegistry
let desk: TestDesk
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'tamga-sample-'))
  database = await freshDatabase()
  registry = await startRegistry({
    data,
    database,
    sample: 'small',
    log: 'silent',
    now: () => '2026-11-23T04:00:00.000Z',
  })
  desk = await TestDesk.enrolled(registry)
})
afterAll(async () => {
  await registry.stop()
  await rm(data, { recursive: true, force: true })
})

test('the small sample is a history of events like any other, with the acts in the past', async () => {
  const events = await desk.feed()
  for (const event of events) EVENTS[event.type as EventType].parse(event.doc)
  expect(events.filter((e) => e.type === 'appeal-received')).toHaveLength(60)
  expect(events.filter((e) => e.type === 'officer-set')).toHaveLength(7)
  const times = events.map((e) => e.at)
  expect(times).toEqual([...times].sort())
  expect((await desk.hello()).sample).toBe(true)
})

test('every file of its appeals is there', async () => {
  const appeals = (await desk.feed()).filter((e) => e.type === 'appeal-received')
  const files = appeals.flatMap((e) => (e.doc as { evidence: { sha256: string; bytes: number }[] }).evidence)
  expect(files.length).toBeGreaterThan(60)
  for (const { sha256, bytes } of files) {
    const head = await desk.fetch(`/v1/blobs/${sha256}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes)])
  }
})

test('its listings are those the rules give', async () => {
  const db = new Database(database, () => undefined)
  const stored = await db.all<{ imei14: number }>(
    'SELECT imei14, list, reason, since, deadline FROM listing ORDER BY imei14',
  )
  const facts = await factsOf(
    db,
    stored.map((l) => l.imei14),
  )
  expect(stored).toEqual(
    stored.map(({ imei14 }) => ({ imei14, ...listingOf(facts.get(imei14) ?? [], DEFAULT_POLICY) })),
  )
  expect(stored.length).toBeGreaterThan(1000)
  await db.close()
})

test('an appeal that comes later is numbered behind those of the sample', async () => {
  const { receive } = await import('./testAppeal.ts')
  expect(await receive(desk, { imeis: ['860123040000018'] })).toBe('A-2026-118061')
})

test('a second start adds nothing', async () => {
  const { head } = await desk.hello()
  const again = await startRegistry({ data, database, sample: 'small', log: 'silent' })
  expect(await (await fetch(`${again.url}/v1/hello`)).json()).toMatchObject({ head, sample: true })
  await again.stop()
})
