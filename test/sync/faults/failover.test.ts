import { expect, test } from 'vitest'
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

const COUNT = faults(1, 30)
const OFFICERS = ['importer', 'reviewer', 'reviewer2'] as const

const WAITING = `SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'`

async function failOver(random: Random): Promise<Awaited<ReturnType<typeof reckon>>> {
  const pair = await PostgresPair.start({ synchronous: true })
  const database = await TcpProxy.before(pair.primary.port)
  const world = await World.open({ database: pair.primary.url('tamga', database.port) })
  const wire = await TestDesk.enrolled(world)
  const appeals: string[] = []
  for (let i = 0; i < 10; i++) appeals.push((await fileAppeal(wire, imei(i))).id)
  const shared = { folder: world.folder, appeals }
  const desks = OFFICERS.map((officer, i) => new DeskAtWork(i, officer, world.url, shared, random.fork(`desk ${i}`)))
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
    for (const desk of desks) await desk.kill()
    await world.close()
    await database.close()
    await pair.stop()
  }
}

test(
  `a primary killed mid-write ${COUNT} times, its standby cut off before: what was acknowledged is there after the failover`,
  async () => {
    const random = new Random(SEED, 'failover')
    const sum = { lost: 0, doubled: 0, gaps: 0, halfApplied: 0 }
    for (let i = 0; i < COUNT; i++) {
      const { answered, ...outcome } = await failOver(random.fork(`failover ${i}`))
      expect(answered).toBeGreaterThan(0)
      for (const key of ['lost', 'doubled', 'gaps', 'halfApplied'] as const) sum[key] += outcome[key]
    }
    report({ fault: 'failover of a PostgreSQL pair, its line black-holed first', count: COUNT, ...sum })
    expect(sum).toEqual({ lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
  },
  patience(COUNT, 120_000),
)
