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
/** Acts that a desk may do for every fault near it: it is at work when the next one strikes, and does little more than that. */
const ACTS_A_FAULT = 2
/** A fault strikes so long after its turn came, at most: anywhere in an act. */
const LATEST_MS = 30
/** A line that swallows everything does so for as long, at most. */
const HOLE_MS = 300

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

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
    const shared = { folder: world.folder, appeals, waitsForLeave: true }
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
    /** What strikes a desk or its line; over when that desk has answered again. */
    const onDesk = async (i: number, { luck, bytes }: { luck: number; bytes: number }): Promise<void> => {
      const [desk, proxy] = [desks[i] as DeskAtWork, proxies[i] as TcpProxy]
      const before = desk.answered
      desk.allow(ACTS_A_FAULT)
      if (luck < 0.2) {
        await desk.kill()
        await desk.start()
      } else if (luck < 0.6) proxy.cut()
      else if (luck < 0.92) proxy.tearAt(bytes)
      else {
        proxy.set('hole')
        await Promise.race([until(() => desk.answered > before), pause(HOLE_MS)])
        proxy.cut()
        proxy.set('clear')
      }
      await until(() => desk.answered > before)
    }
    /** What strikes the registry or its database; over when any desk has answered again. */
    const onRegistry = async ({ luck, backends }: { luck: number; backends: number }): Promise<void> => {
      const before = answered()
      for (const desk of desks) desk.allow(ACTS_A_FAULT)
      if (luck < 0.21) {
        await world.killRegistry()
        await world.startRegistry()
      } else await world.killBackends(backends)
      await until(() => answered() > before)
    }
    // one after the other at each place, and at all places at once
    const places: Promise<void>[] = Array.from({ length: desks.length + 1 }, () => Promise.resolve())
    for (let i = 0; i < COUNT; i++) {
      const place = random.unit() < 0.62 ? random.between(0, desks.length - 1) : desks.length
      const chance = { luck: random.unit(), bytes: random.between(1, 4000), backends: random.between(1, 3) }
      const wait = random.unit() * LATEST_MS
      await places[place]
      places[place] = pause(wait).then(() => (place < desks.length ? onDesk(place, chance) : onRegistry(chance)))
    }
    await Promise.all(places)

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
