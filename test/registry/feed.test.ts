import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVENTS, type EventType, type Feed } from '../../src/contract/registry.ts'
import { receive } from './testAppeal.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const page = async (after: number, limit: number) => {
  const { epoch } = await desk.hello()
  return (await desk.send('GET', `/v1/feed?epoch=${epoch}&after=${after}&limit=${limit}`)).body as Feed
}

test('a cursor of another epoch, or ahead of the log, is told so with what holds here', async () => {
  const { epoch, head } = await desk.hello()
  const other = await desk.send('GET', `/v1/feed?epoch=${randomUUID()}&after=0`)
  expect([other.status, other.body]).toMatchObject([
    409,
    { problem: { code: 'epoch-changed', details: { epoch, head } } },
  ])
  const ahead = await desk.send('GET', `/v1/feed?epoch=${epoch}&after=${head + 1}`)
  expect(ahead.status).toBe(409)
  expect((await desk.send('GET', '/v1/feed?epoch=nonsense&after=0')).status).toBe(400)
})

test('the feed comes in pages, each event once and in order', async () => {
  for (let i = 0; i < 12; i++) await desk.imports({ kind: 'customs', imeis: [imei(i)] })
  const { head } = await desk.hello()
  const seen: number[] = []
  for (let after = 0; after < head; after = seen.at(-1) ?? 0)
    seen.push(...(await page(after, 5)).events.map((e) => e.seq))
  expect(seen).toEqual(Array.from({ length: head }, (_, i) => i + 1))
  expect((await page(head, 5)).events).toEqual([])
})

test('every event fits its schema', async () => {
  const appeal = await receive(desk, { imeis: [`${imei(900)}0`] })
  await desk.does('reviewer', 'claim-appeal', { appeal })
  await desk.importsBlack({ kind: 'stolen', imeis: [imei(901)] })
  const events = await desk.feed()
  for (const event of events) EVENTS[event.type as EventType].parse(event.doc)
  const types = new Set(events.map((e) => e.type))
  expect(types).toEqual(
    new Set(['policy-set', 'batch-committed', 'batch-proposed', 'appeal-received', 'appeal-changed']),
  )
})

test('the live hint comes at once and at every move, also of acts of another registry on the same database', async () => {
  const { startRegistry } = await import('../../src/registry/start.ts')
  const second = await startRegistry({ data: registry.data, database: registry.database, log: 'silent' })
  const heads: number[] = []
  const cut = new AbortController()
  const response = await fetch(`${second.url}/v1/live`, { signal: cut.signal })
  const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const nextHead = async (): Promise<number> => {
    for (let text = ''; ; ) {
      const { value, done } = (await lines?.read()) ?? { value: '', done: true }
      if (done) throw new Error('the hints ended')
      text += value
      const found = /data: (\{.*\})\n\n/.exec(text)
      if (found?.[1]) return (JSON.parse(found[1]) as { head: number }).head
    }
  }
  try {
    heads.push(await nextHead())
    await desk.imports({ kind: 'customs', imeis: [imei(500)] })
    heads.push(await nextHead())
    expect(heads).toEqual([(await desk.hello()).head - 1, (await desk.hello()).head])
  } finally {
    cut.abort()
    await second.stop()
  }
})

test('a registry that stops answers what is under way and lets go of those who listen', async () => {
  const other = await testRegistry()
  const desks = await TestDesk.enrolled(other)
  const live = await fetch(`${other.url}/v1/live`)
  const lines = live.body?.getReader()
  await lines?.read()
  const body = await desks.batch({ kind: 'customs', imeis: [imei(1)] })
  // somebody else holds the facts, so the command is under way until he lets go
  const holder = new pg.Client({ connectionString: other.database })
  await holder.connect()
  await holder.query('BEGIN; SELECT 1 FROM facts_writer FOR UPDATE')
  const answer = desks.answerOf('importer', 'commit-batch', body)
  const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
  while ((await other.query(waiting)).length === 0);
  const stopped = other.stop()
  for (let end = false; !end; ) end = (await lines?.read())?.done ?? true
  await holder.query('COMMIT')
  await holder.end()
  expect(await answer).toMatchObject({ status: 'done' })
  await stopped
})
