import { expect, onTestFinished, test } from 'vitest'
import { Random } from '../../../src/sample/random.ts'
import { imei, TestDesk } from '../../registry/testDesk.ts'
import { fileAppeal } from '../appealOf.ts'
import { until } from '../syncDesk.ts'
import { DeskAtWork } from './deskAtWork.ts'
import { PostgresPair } from './postgresPair.ts'
import { reckon } from './reckoning.ts'
import { faults, patience, report, SEED } from './size.ts'
import { TcpProxy } from './tcpProxy.ts'
import { World } from './world.ts'

const COUNT = faults(1)
const OFFICERS = ['importer', 'reviewer', 'reviewer2'] as const

/** Acts that a desk may do in a tenth of a second: without a registry it would take orders by the thousand, which go out one by one. */
const PACE = 1

const WAITING = `SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'`

/** A registry whose commits wait for a standby, and the line between it and its database. */
async function pairedWorld(): Promise<{ pair: PostgresPair; database: TcpProxy; world: World }> {
  const pair = await PostgresPair.start({ synchronous: true })
  onTestFinished(() => pair.stop())
  const database = await TcpProxy.before(pair.primary.port)
  onTestFinished(() => database.close())
  const world = await World.open({ database: pair.primary.url('tamga', database.port) })
  onTestFinished(() => world.close())
  return { pair, database, world }
}

async function failOver(random: Random): Promise<Awaited<ReturnType<typeof reckon>>> {
  const { pair, database, world } = await pairedWorld()
  const wire = await TestDesk.enrolled(world)
  const appeals: string[] = []
  for (let i = 0; i < 10; i++) appeals.push((await fileAppeal(wire, imei(i))).id)
  const shared = { folder: world.folder, appeals, waitsForLeave: true }
  const desks = OFFICERS.map((officer, i) => new DeskAtWork(i, officer, world.url, shared, random.fork(`desk ${i}`)))
  const leave = setInterval(() => {
    for (const desk of desks) desk.allow(PACE)
  }, 100)
  try {
    for (const desk of desks) await desk.start()
    for (const desk of desks) desk.begin()
    const answered = (): number => desks.reduce((sum, desk) => sum + desk.answered, 0)
    await until(() => answered() > 30)

    // the line to the standby swallows everything: whoever commits now waits for an answer that does not come
    pair.link.set('hole')
    await until(async () => (await pair.primary.query(WAITING)).length > 0)
    // a connection cut while it waits leaves its transaction committed here and nowhere else: nobody may be told of it
    await pair.primary.query(`SELECT pg_terminate_backend(pid) FROM (${WAITING}) waiting`)
    await until(async () => (await pair.primary.query(WAITING)).length > 0)
    await pair.primary.kill()

    pair.link.set('down')
    database.set('down')
    database.leadTo(pair.standby.port)
    await pair.promote()
    database.set('clear')

    const after = answered()
    await until(() => answered() > after + 10)
    for (const desk of desks) await desk.rest()
    for (const desk of desks) {
      await until(async () => {
        const { pending } = await desk.process.client.call('sync', {}).catch(() => ({ pending: -1 }))
        return pending === 0
      })
      const { cache, audit } = await desk.process.client.call('verify', {})
      expect({ cache: cache.equal, audit: audit.ok }).toEqual({ cache: true, audit: true })
    }
    for (const desk of desks) await desk.stop()
    return await reckon((text, values) => world.query(text, values), desks)
  } finally {
    clearInterval(leave)
    for (const desk of desks) await desk.kill()
  }
}

test(
  'what a cut connection left committed on the primary alone is told to nobody: no answer, no event, no hint',
  async () => {
    const { pair, database, world } = await pairedWorld()
    const wire = await TestDesk.enrolled(world)
    const { id } = await fileAppeal(wire, imei(1))
    const { head } = await wire.hello()
    pair.link.set('hole')
    const claim = await wire.command('reviewer', 'claim-appeal', { appeal: id })
    const first = wire.sendCommand(claim)
    await until(async () => (await pair.primary.query(WAITING)).length > 0)
    await pair.primary.query(`SELECT pg_terminate_backend(pid) FROM (${WAITING}) waiting`)
    expect((await first).status).toBe(503)
    const there = await pair.primary.query<{ seq: string }>('SELECT seq FROM counter', 'tamga')
    expect(Number(there[0]?.seq)).toBe(head + 1)

    // it is there for everybody to see, and asked again the registry waits until it is sure
    let answered = false
    const again = wire.sendCommand(claim).then(
      (answer) => {
        answered = true
        return answer.status
      },
      () => 0,
    )
    await until(async () => answered || (await pair.primary.query(WAITING)).length > 0)
    expect(answered).toBe(false)
    expect((await wire.hello()).head).toBe(head)
    expect((await wire.feed()).at(-1)?.seq).toBe(head)

    database.set('down')
    await pair.primary.kill()
    pair.link.set('down')
    database.leadTo(pair.standby.port)
    await pair.promote()
    database.set('clear')
    expect(await again).not.toBe(200)
    await until(async () => (await wire.send('GET', '/readyz')).status === 200)
    expect((await wire.hello()).head).toBe(head)
    expect(await wire.sendCommand(claim)).toMatchObject({ status: 200, body: { status: 'done', seq: head + 1 } })
    expect((await wire.feed()).filter((e) => (e.doc as { command?: string }).command === claim.id)).toHaveLength(1)
  },
  patience(1, 60_000),
)

test(
  `a primary killed mid-write ${COUNT} times, its standby cut off before: what was acknowledged is there after the failover`,
  async () => {
    const random = new Random(SEED, 'failover')
    const sum = { lost: 0, doubled: 0, gaps: 0, halfApplied: 0 }
    for (let i = 0; i < COUNT; i++) {
      const { answered, losses, ...outcome } = await failOver(random.fork(`failover ${i}`))
      expect(answered).toBeGreaterThan(0)
      expect(losses).toEqual([])
      for (const key of ['lost', 'doubled', 'gaps', 'halfApplied'] as const) sum[key] += outcome[key]
    }
    report({ fault: 'failover of a PostgreSQL pair, its line black-holed first', count: COUNT, ...sum })
    expect(sum).toEqual({ lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
  },
  patience(COUNT, 120_000),
)
