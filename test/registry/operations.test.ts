import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { SAMPLE_OFFICERS } from '../../src/sample/officers.ts'
import { fileAppeal } from '../sync/appealOf.ts'
import { DeskProcess } from '../sync/deskProcess.ts'
import { freePort, RegistryProcess } from '../sync/faults/registryProcess.ts'
import { TcpProxy } from '../sync/faults/tcpProxy.ts'
import { World } from '../sync/faults/world.ts'
import { until } from '../sync/syncDesk.ts'
import { imei, TestDesk } from './testDesk.ts'

async function world(given: { database?: string; log?: (text: string) => void; more?: string[] } = {}): Promise<World> {
  const opened = await World.open(given)
  onTestFinished(() => opened.close())
  return opened
}

/** Numbers of the hints a live stream has told, as they come. */
async function hints(registry: { url: string }, told: number[]): Promise<void> {
  const answer = await fetch(`${registry.url}/v1/live`)
  onTestFinished(() => answer.body?.cancel().catch(() => undefined))
  void (async () => {
    const text = new TextDecoder()
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>)
      for (const [, head] of text.decode(piece, { stream: true }).matchAll(/"head":(\d+)/g)) told.push(Number(head))
  })().catch(() => undefined)
}

test('two registry processes before one database: commands through both, hints from both, one killed and nobody the wiser', async () => {
  const first = await world()
  const second = await RegistryProcess.start({
    database: first.database,
    data: join(first.folder, 'registry'),
    port: await freePort(),
    log: () => undefined,
  })
  onTestFinished(() => second.kill())
  const one = await TestDesk.enrolled(first)
  const other = await TestDesk.enrolled(second)
  const told = { first: [] as number[], second: [] as number[] }
  await hints(first, told.first)
  await hints(second, told.second)

  const { id } = await fileAppeal(one, imei(1))
  await other.does('reviewer', 'claim-appeal', { appeal: id })
  expect(await one.isRefused('reviewer2', 'claim-appeal', { appeal: id })).toBe('appeal-claimed-by-other')
  const both = await Promise.all(
    Array.from({ length: 20 }, (_, i) => fileAppeal(i % 2 === 0 ? one : other, imei(10 + i))),
  )
  expect(new Set(both.map((a) => a.id)).size).toBe(20)
  const { head } = await one.hello()
  expect((await other.hello()).head).toBe(head)
  expect((await other.feed()).map((e) => e.seq)).toEqual(Array.from({ length: head }, (_, i) => i + 1))
  await until(() => told.first.at(-1) === head && told.second.at(-1) === head)
  const metrics = String((await one.send('GET', '/metrics')).body)
  expect(metrics).toContain('tamga_processes 2\n')
  expect(metrics).toContain('tamga_live_desks 1\n')

  // a command whose process is killed is asked again at the other one: done once
  const claim = await one.command('reviewer', 'claim-appeal', { appeal: both[0]?.id ?? '' })
  const asked = one.sendCommand(claim).catch(() => null)
  await first.killRegistry()
  await asked
  const answer = await other.sendCommand(claim)
  expect(answer).toMatchObject({ status: 200, body: { status: 'done' } })
  expect(await other.sendCommand(claim)).toMatchObject({ body: answer.body })
  const feed = await other.feed()
  expect(feed.filter((e) => (e.doc as { command?: string }).command === claim.id)).toHaveLength(1)
  await until(() => told.second.at(-1) === feed.at(-1)?.seq)
})

test('a registry without its database lives, is not ready, and says so in its figures', async () => {
  const admin = await world()
  const line = await TcpProxy.before(Number(new URL(admin.database).port))
  onTestFinished(() => line.close())
  const database = new URL(admin.database)
  database.port = String(line.port)
  const data = await mkdtemp(join(tmpdir(), 'tamga-ready-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  const registry = await RegistryProcess.start({ database: database.href, data, port: 0, log: () => undefined })
  onTestFinished(() => registry.kill())
  const desk = new TestDesk(registry)
  expect((await desk.send('GET', '/readyz')).status).toBe(200)
  line.set('down')
  expect(await desk.send('GET', '/readyz')).toMatchObject({ status: 503, body: { ready: false } })
  expect((await desk.send('GET', '/healthz')).status).toBe(200)
  expect(await desk.send('GET', '/v1/hello')).toMatchObject({
    status: 503,
    body: { problem: { code: 'registry-unreachable' } },
  })
  const without = await desk.send('GET', '/metrics')
  expect(without.status).toBe(200)
  expect(String(without.body)).toContain('tamga_database_up 0\n')
  line.set('clear')
  await until(async () => (await desk.send('GET', '/readyz')).status === 200)
  expect(String((await desk.send('GET', '/metrics')).body)).toContain('tamga_database_up 1\n')
})

test('every line of /metrics is what Prometheus reads', async () => {
  const { url } = await world()
  const text = String((await new TestDesk({ url }).send('GET', '/metrics')).body)
  expect(text.endsWith('\n')).toBe(true)
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# TYPE \w+ (gauge|counter|histogram)|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+]+)$/)
})

test('asked to stop, a registry finishes the commit of a large list first and ends with 0', async () => {
  const first = await world()
  const registry = await RegistryProcess.start({
    database: first.database,
    data: join(first.folder, 'registry'),
    port: await freePort(),
    log: () => undefined,
  })
  onTestFinished(() => registry.kill())
  const desk = await TestDesk.enrolled(registry)
  const body = await desk.batch({ kind: 'customs', imeis: Array.from({ length: 60_000 }, (_, i) => imei(100_000 + i)) })
  const command = await desk.command('importer', 'commit-batch', body)
  const answer = desk.sendCommand(command)
  await until(
    async () =>
      (await first.query(`SELECT 1 FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active'`)).length > 0,
  )
  const code = registry.stop()
  expect(await answer).toMatchObject({ status: 200, body: { status: 'done' } })
  expect(await code).toBe(0)
  const [row] = await first.query<{ n: string }>('SELECT count(*) AS n FROM fact')
  expect(Number(row?.n)).toBe(60_000)
})

test('the logs of registry and desk name no person, no device and no subscriber, whatever goes wrong', async () => {
  const lines: string[] = []
  const log = (text: string): void => {
    lines.push(text)
  }
  const registry = await world({ log, more: ['--log', 'debug'] })
  const wire = await TestDesk.enrolled(registry)
  const { id } = await fileAppeal(wire, imei(1))
  await wire.importsBlack({ kind: 'stolen', imeis: [imei(2)] })
  await wire.send('GET', `/public/imei/${imei(2)}7`)
  await wire.send('GET', `/v1/feed?epoch=${imei(2)}&after=900101300007`)
  await wire.send('POST', '/v1/intake/appeals', { applicant: { name: 'Айгүл Үлгі', key: { iin: '900101300007' } } })
  await wire.send('POST', '/v1/desks', { desk: '900101300007', publicKey: '+77011234567', name: 'Айгүл Үлгі' })
  await wire.isRefused('Айгүл Үлгі', 'claim-appeal', { appeal: '900101300007' })
  // numbers that the database chokes on, and connections that break in the middle
  await registry.query('ALTER TABLE appeal_imei ADD CHECK (imei14 <> 86012304000003)')
  await fileAppeal(wire, imei(3)).catch(() => undefined)
  await registry.killBackends(10)
  await wire.send('GET', '/v1/hello')

  const home = await mkdtemp(join(tmpdir(), 'tamga-desk-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const desk = await DeskProcess.start({ home, registry: registry.url, log })
  onTestFinished(() => desk.kill())
  await desk.client.call('sign-in', { officer: 'reviewer' })
  await desk.client.call('sync', {})
  await desk.client.call('claim-appeal', { id })
  await desk.client.call('lookup', { imeis: [`${imei(2)}7`] })
  await registry.killRegistry()
  await desk.client.call('sync', {}).catch(() => undefined)
  await desk.stop()

  const text = lines.join('')
  expect(text).toContain('"level"')
  expect(text).toContain('/v1/intake/appeals')
  const personal = [
    '900101300007',
    '77011234567',
    'Айгүл',
    'Үлгі',
    ...SAMPLE_OFFICERS.flatMap((o) => o.name.split(' ')),
  ]
  for (const word of personal.filter((w) => w.length > 4)) expect(text).not.toContain(word)
  // times in milliseconds have 13 digits; a device has 14 and more
  expect(text.match(/(?<!\d)\d{14,}(?!\d)|\+7\d{10}/g) ?? []).toEqual([])
})
