import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Feed } from '../../src/contract/registry.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { type RunningRegistry, startRegistry } from '../../src/registry/start.ts'
import { PostgresPair } from '../sync/faults/postgresPair.ts'
import { TcpProxy } from '../sync/faults/tcpProxy.ts'
import { furnish } from './furnishedDatabase.ts'
import { imei, TestDesk } from './testDesk.ts'

let pair: PostgresPair
let line: TcpProxy
let registry: RunningRegistry
let data: string
let desk: TestDesk

beforeAll(async () => {
  pair = await PostgresPair.start({ synchronous: false })
  line = await TcpProxy.before(pair.standby.port)
  const database = pair.primary.url('tamga')
  await furnish(database)
  data = await mkdtemp(join(tmpdir(), 'tamga-replicas-'))
  registry = await startRegistry({ data, database, read: [pair.standby.url('tamga', line.port)], log: 'silent' })
  desk = await TestDesk.enrolled(registry)
})
afterAll(async () => {
  await registry.stop()
  await line.close()
  await pair.stop()
  await rm(data, { recursive: true, force: true })
})

/** Reads served so far, by where they were served. */
async function served(): Promise<{ replica: number; primary: number }> {
  const { body } = await desk.send('GET', '/metrics')
  const of = (from: string) => Number(new RegExp(`tamga_reads_total{from="${from}"} (\\d+)`).exec(String(body))?.[1])
  return { replica: of('replica'), primary: of('primary') }
}

async function feedSince(after: number, minSeq: number): Promise<Feed> {
  const { epoch } = await desk.hello()
  const answer = await desk.send('GET', `/v1/feed?epoch=${epoch}&after=${after}&min_seq=${minSeq}`)
  expect(answer.status).toBe(200)
  return answer.body as Feed
}

const isWhole = ({ head, events }: Feed, after: number): void =>
  expect(events.map((e) => e.seq)).toEqual(Array.from({ length: head - after }, (_, i) => after + 1 + i))

async function oneMore(n: number): Promise<number> {
  await desk.imports({ kind: 'customs', imeis: [imei(n)] })
  return (await desk.hello()).head
}

async function untilReplicaHas(seq: number): Promise<void> {
  for (;;) {
    const [row] = await pair.standby.query<{ seq: string }>('SELECT seq FROM counter', 'tamga')
    if (Number(row?.seq) >= seq) return
  }
}

test('feed, digest and lookups are read from a replica that has got as far', async () => {
  const head = await oneMore(1)
  await untilReplicaHas(head)
  const before = await served()
  isWhole(await feedSince(0, head), 0)
  expect((await desk.send('GET', `/v1/digest?atSeq=${head}`)).status).toBe(200)
  const checked = await desk.send('GET', `/public/imei/${imei15Text(imei(1))}?min_seq=${head}`)
  expect(checked.body).toMatchObject({ asOf: { seq: head } })
  expect(await served()).toEqual({ replica: before.replica + 3, primary: before.primary })
})

test('a read that names what the replica does not have yet is answered by the primary, never short', async () => {
  await pair.standby.query('SELECT pg_wal_replay_pause()')
  const head = await oneMore(2)
  const before = await served()
  const feed = await feedSince(0, head)
  isWhole(feed, 0)
  expect(feed.head).toBe(head)
  const checked = await desk.send('GET', `/public/imei/${imei15Text(imei(2))}?min_seq=${head}`)
  expect(checked.body).toMatchObject({ asOf: { seq: head } })
  expect((await served()).primary).toBe(before.primary + 2)

  // what the replica has, it still serves
  const old = await served()
  await desk.send('GET', `/public/imei/${imei15Text(imei(1))}?min_seq=1`)
  expect((await served()).replica).toBe(old.replica + 1)
  await pair.standby.query('SELECT pg_wal_replay_resume()')
  await untilReplicaHas(head)
})

test('a read waits shortly for a replica that is about to come up', async () => {
  await pair.standby.query('SELECT pg_wal_replay_pause()')
  const head = await oneMore(3)
  const before = await served()
  const feed = feedSince(0, head)
  await pair.standby.query('SELECT pg_wal_replay_resume()')
  isWhole(await feed, 0)
  const after = await served()
  expect(after.replica + after.primary).toBe(before.replica + before.primary + 1)
})

test('a replica that is black-holed or gone is passed over, and used again when it is back', async () => {
  const head = await oneMore(4)
  await untilReplicaHas(head)
  for (const weather of ['hole', 'down'] as const) {
    line.set(weather)
    isWhole(await feedSince(0, head), 0)
    isWhole(await feedSince(head - 1, head), head - 1)
  }
  line.cut()
  line.set('clear')
  const before = (await served()).replica
  while ((await served()).replica === before) isWhole(await feedSince(0, head), 0)
})

test('a registry that is led to a standby where its primary should be neither writes nor reads there, and goes on when led back', async () => {
  const lead = await TcpProxy.before(pair.primary.port)
  onTestFinished(() => lead.close())
  const folder = await mkdtemp(join(tmpdir(), 'tamga-led-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const led = await startRegistry({ data: folder, database: pair.primary.url('tamga', lead.port), log: 'silent' })
  onTestFinished(() => led.stop())
  const other = await TestDesk.enrolled(led)
  lead.leadTo(pair.standby.port)
  lead.cut()
  const unreachable = { status: 503, body: { problem: { code: 'registry-unreachable' } } }
  for (let i = 0; i < 3; i++) expect(await other.send('GET', '/v1/hello')).toMatchObject(unreachable)
  expect((await other.send('GET', '/readyz')).status).toBe(503)
  lead.leadTo(pair.primary.port)
  expect((await other.send('GET', '/v1/hello')).status).toBe(200)
  expect((await other.imports({ kind: 'customs', imeis: [imei(9)] })).state).toBe('committed')
})

test('a replica of another history is never read', async () => {
  const { epoch } = await desk.hello()
  await pair.primary.query(`UPDATE counter SET epoch = gen_random_uuid()`, 'tamga')
  const answer = await desk.send('GET', `/v1/feed?epoch=${epoch}&after=0&min_seq=0`)
  expect({ status: answer.status, body: answer.body }).toMatchObject({
    status: 409,
    body: { problem: { code: 'epoch-changed' } },
  })
})
