import { expect, onTestFinished, test } from 'vitest'
import { Random } from '../../../src/sample/random.ts'
import { imei, TestDesk } from '../../registry/testDesk.ts'
import { fileAppeal } from '../appealOf.ts'
import { until } from '../syncDesk.ts'
import { DeskAtWork, HEALED } from './deskAtWork.ts'
import { reckon } from './reckoning.ts'
import { faults, patience, report, SEED } from './size.ts'
import { TcpProxy } from './tcpProxy.ts'
import { World } from './world.ts'

const COUNT = faults(150)
const OFFICERS = ['importer', 'importer', 'reviewer', 'reviewer2'] as const
/** A line that swallows everything does so for as long, at most. */
const HOLE_MS = 300
/** What strikes a desk or its line, and the registry or its database: up to which number of a draw from 0 to 1. */
const DESK = { kill: 0.12, cut: 0.45, tear: 0.92 }
const REGISTRY = { kill: 0.12 }
/** Of the desks so many are at work when something strikes the registry. */
const AT_WORK = 2
/** Share of a line's faults that are followed by another before the desk has got over it. */
const AGAIN = 0.4

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What is drawn for a fault. */
interface Chance {
  readonly luck: number
  /** When in an act, as a share of how long one takes. */
  readonly at: number
  readonly again: number
  readonly bytes: number
  readonly backends: number
  /** The first of the desks that are at work. */
  readonly first: number
}

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
    const healed: string[] = []
    const log = (text: string): void => {
      if (HEALED.test(text)) healed.push(text)
      else process.stderr.write(text)
    }
    const shared = { folder: world.folder, appeals, waitsForLeave: true, log }
    const desks = OFFICERS.map(
      (officer, i) => new DeskAtWork(i, officer, (proxies[i] as TcpProxy).url, shared, random.fork(`desk ${i}`)),
    )
    onTestFinished(async () => {
      for (const desk of desks) await desk.kill()
      for (const proxy of proxies) await proxy.close()
    })
    for (const desk of desks) await desk.start()
    for (const desk of desks) desk.begin()

    /** Strikes anywhere in an act that begins now. */
    const inAnAct = async (desk: DeskAtWork, at: number): Promise<void> => {
      desk.allow(1)
      await pause(at * desk.usualMs)
    }
    /** What strikes a desk or its line; over when that desk has answered again, or at once where another fault follows. */
    const onDesk = async (i: number, { luck, at, bytes, again }: Chance): Promise<void> => {
      const [desk, proxy] = [desks[i] as DeskAtWork, proxies[i] as TcpProxy]
      const before = desk.answered
      await inAnAct(desk, at)
      if (luck < DESK.kill) {
        await desk.kill()
        await desk.start()
      } else if (luck < DESK.cut) proxy.cut()
      else if (luck < DESK.tear) {
        proxy.tearAfter(bytes)
        // it counts when it has come, and it comes when the desk speaks again
        let looks = 0
        await until(() => {
          if (looks++ % 50 === 0) desk.allow(1)
          return proxy.torn
        })
      } else {
        proxy.set('hole')
        await Promise.race([until(() => desk.answered > before), pause(HOLE_MS)])
        proxy.cut()
        proxy.set('clear')
      }
      if (luck < DESK.kill || again > AGAIN) await until(() => desk.answered > before)
    }
    /** What strikes the registry or its database; over when a desk that was at work has answered. */
    const onRegistry = async ({ luck, at, backends, first }: Chance): Promise<void> => {
      const atWork = Array.from({ length: AT_WORK }, (_, n) => desks[(first + n) % desks.length] as DeskAtWork)
      const before = atWork.map((desk) => desk.answered)
      await Promise.all(atWork.map((desk) => inAnAct(desk, at)))
      if (luck < REGISTRY.kill) {
        await world.killRegistry()
        await world.startRegistry()
      } else await world.killBackends(backends)
      await until(() => atWork.some((desk, n) => desk.answered > (before[n] as number)))
    }
    // one after the other at each place, and at all places at once
    const places: Promise<void>[] = Array.from({ length: desks.length + 1 }, () => Promise.resolve())
    for (let i = 0; i < COUNT; i++) {
      const place = random.unit() < 0.62 ? random.between(0, desks.length - 1) : desks.length
      const chance: Chance = {
        luck: random.unit(),
        at: random.unit(),
        again: random.unit(),
        bytes: random.between(1, 4000),
        backends: random.between(1, 3),
        first: random.between(0, desks.length - 1),
      }
      await places[place]
      places[place] = place < desks.length ? onDesk(place, chance) : onRegistry(chance)
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
    const { answered: commands, losses, ...found } = await reckon((text, values) => world.query(text, values), desks)
    const outcome = { ...found, halfApplied: found.halfApplied + healed.length }
    report({ fault: 'mixed: desk, registry, line, database backend', count: COUNT, ...outcome })
    expect({ losses, healed }).toEqual({ losses: [], healed: [] })
    expect(outcome).toEqual({ lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
    expect(commands).toBeGreaterThan(COUNT / 2)
  },
  patience(COUNT, 5_000),
)
