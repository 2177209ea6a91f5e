import { expect, onTestFinished, test } from 'vitest'
import { Random } from '../../../src/sample/random.ts'
import { imei, TestDesk } from '../../registry/testDesk.ts'
import { fileAppeal } from '../appealOf.ts'
import { until } from '../syncDesk.ts'
import { DeskAtWork } from './deskAtWork.ts'
import { reckon } from './reckoning.ts'
import { faults, patience, report, SEED } from './size.ts'
import { TcpProxy } from './tcpProxy.ts'
import { World } from './world.ts'

const COUNT = faults(150)
const OFFICERS = ['importer', 'importer', 'reviewer', 'reviewer2'] as const

test(
  `${COUNT} faults of processes, lines and database backends while four desks work: nothing lost, doubled or skipped`,
  async () => {
    const random = new Random(SEED, 'mixed')
    const world = await World.open()
    onTestFinished(() => world.close())
    const wire = await TestDesk.enrolled(world)
    const appeals: string[] = []
    for (let i = 0; i < 12; i++) appeals.push((await fileAppeal(wire, imei(i))).id)

    const proxies = await Promise.all(OFFICERS.map(() => TcpProxy.before(world.port)))
    const shared = { folder: world.folder, appeals }
    const desks = OFFICERS.map(
      (officer, i) => new DeskAtWork(i, officer, (proxies[i] as TcpProxy).url, shared, random.fork(`desk ${i}`)),
    )
    onTestFinished(async () => {
      for (const desk of desks) await desk.kill()
      for (const proxy of proxies) await proxy.close()
    })
    for (const desk of desks) await desk.start()
    for (const desk of desks) desk.begin()

    const answered = (): number => desks.reduce((sum, desk) => sum + desk.answered, 0)
    for (let i = 0; i < COUNT; i++) {
      const before = answered()
      const proxy = random.pick(proxies)
      const luck = random.unit()
      if (luck < 0.12) {
        const desk = random.pick(desks)
        await desk.kill()
        await desk.start()
      } else if (luck < 0.2) {
        await world.killRegistry()
        await world.startRegistry()
      } else if (luck < 0.45) proxy.cut()
      else if (luck < 0.65) proxy.tearAt(random.between(1, 4000))
      else if (luck < 0.7) {
        proxy.set('hole')
        await until(() => answered() > before)
        proxy.cut()
        proxy.set('clear')
      } else await world.killBackends(random.between(1, 3))
      await until(() => answered() > before)
    }

    for (const desk of desks) await desk.rest()
    for (const desk of desks) {
      const { client } = desk.process
      await until(async () => {
        const { pending } = await client.call('sync', {}).catch(() => ({ pending: -1 }))
        return pending === 0
      })
      const { cache, audit } = await client.call('verify', {})
      expect(cache.equal).toBe(true)
      expect(audit.ok).toBe(true)
    }
    for (const desk of desks) await desk.stop()
    const { answered: commands, losses, ...outcome } = await reckon((text, values) => world.query(text, values), desks)
    report({ fault: 'mixed: desk, registry, line, database backend', count: COUNT, ...outcome })
    expect(losses).toEqual([])
    expect(outcome).toEqual({ lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
    expect(commands).toBeGreaterThan(COUNT)
  },
  patience(COUNT, 5_000),
)
