import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Luck } from './deskNetwork.ts'
import { expectLegalHistory } from './history.ts'
import type { ModelDesk } from './modelDesk.ts'
import { ModelLane, type ModelWorld, OFFICERS } from './modelWorld.ts'
import { faults, patience, report, SEED } from './size.ts'

const COUNT = faults(300)
/** Walks at once, each in a world of its own: most of a walk is waiting for a database. */
const LANES = 3

const lanes = Array.from({ length: LANES }, (_, i) => new ModelLane(i))
afterAll(async () => {
  for (const lane of lanes) await lane.end()
})

/** Walks one after the other, each about appeals of its own, before all that they left behind is held against the registry. */
const WALKS_A_LOOK = 8

/** What desks are in when a step begins; a walk goes on from where the one before it left them. */
interface Model {
  /** Commands each desk must still have waiting. */
  readonly waiting: number[]
  readonly online: boolean[]
}
interface Real {
  readonly world: ModelWorld
  readonly appeals: readonly string[]
}
type Step = fc.AsyncCommand<Model, Real>

/** A walk with appeals that none had before. */
const freshAppeals = async (world: ModelWorld): Promise<Real> => ({
  world,
  appeals: [await world.freshAppeal(), await world.freshAppeal()],
})

/** As the network knows it. */
const nameOf = (r: Real, number: number): string => deskOf(r, number).name
const deskOf = (r: Real, number: number): ModelDesk => r.world.desks[number] as ModelDesk

class Act implements Step {
  readonly desk: number
  readonly appeal: number
  readonly what: 'claim' | 'return' | 'ask'
  readonly luck: Luck
  constructor(desk: number, appeal: number, what: 'claim' | 'return' | 'ask', luck: Luck) {
    this.desk = desk
    this.appeal = appeal
    this.what = what
    this.luck = luck
  }
  check = (): boolean => true
  async run(m: Model, r: Real): Promise<void> {
    const desk = deskOf(r, this.desk)
    r.world.network.commandsMeet(nameOf(r, this.desk), [this.luck])
    const taken = await desk.act(this.what, r.appeals[this.appeal] as string)
    r.world.network.commandsMeet(nameOf(r, this.desk), [])
    const before = m.waiting[this.desk] ?? 0
    // offline every act that the desk takes waits, and where its line fails; else nothing does, and what waited has gone out with it
    const goesOut = m.online[this.desk] && this.luck === 'arrives'
    m.waiting[this.desk] = goesOut ? (taken ? 0 : before) : before + (taken ? 1 : 0)
    expect(desk.waiting.length).toBe(m.waiting[this.desk])
  }
  toString = (): string => `desk${this.desk} ${this.what} appeal${this.appeal}, its command ${this.luck}`
}

class Line implements Step {
  readonly desk: number
  readonly online: boolean
  constructor(desk: number, online: boolean) {
    this.desk = desk
    this.online = online
  }
  check = (m: Model): boolean => m.online[this.desk] !== this.online
  async run(m: Model, r: Real): Promise<void> {
    r.world.network.setOnline(nameOf(r, this.desk), this.online)
    m.online[this.desk] = this.online
  }
  toString = (): string => `desk${this.desk} goes ${this.online ? 'online' : 'offline'}`
}

class Sync implements Step {
  readonly desk: number
  readonly luck: Luck
  constructor(desk: number, luck: Luck) {
    this.desk = desk
    this.luck = luck
  }
  check = (m: Model): boolean => m.online[this.desk] === true
  async run(m: Model, r: Real): Promise<void> {
    const desk = deskOf(r, this.desk)
    const before = m.waiting[this.desk] ?? 0
    const fails = this.luck !== 'arrives' && before > 0
    r.world.network.commandsMeet(nameOf(r, this.desk), [this.luck])
    await desk.sync(fails)
    r.world.network.commandsMeet(nameOf(r, this.desk), [])
    m.waiting[this.desk] = fails ? before : 0
    expect(desk.waiting.length).toBe(m.waiting[this.desk])
  }
  toString = (): string => `desk${this.desk} syncs, its command ${this.luck}`
}

class Restart implements Step {
  readonly desk: number
  readonly mirror: boolean
  constructor(desk: number, mirror: boolean) {
    this.desk = desk
    this.mirror = mirror
  }
  check = (): boolean => true
  async run(m: Model, r: Real): Promise<void> {
    const desk = deskOf(r, this.desk)
    await desk.restart(this.mirror)
    expect(desk.waiting.length).toBe(m.waiting[this.desk])
  }
  toString = (): string => `desk${this.desk} is restarted${this.mirror ? ', its mirror lost' : ''}`
}

const aDesk = fc.nat({ max: OFFICERS.length - 1 })
const aLuck = fc.constantFrom<Luck>('arrives', 'arrives', 'is lost', 'answer is lost')
const anAct = fc.constantFrom('claim', 'claim', 'return', 'ask') as fc.Arbitrary<'claim' | 'return' | 'ask'>

/** Everybody online, everything sent, everything pulled: what then must hold after any walks about these appeals. */
async function settle(
  { database, network, desks }: ModelWorld,
  appeals: readonly string[],
  after: number,
): Promise<void> {
  network.heal()
  for (const desk of desks) await desk.sync()
  // the last one has pulled what the others sent before it
  for (const desk of desks.slice(0, -1)) await desk.sync()
  const taken = new Map<string, string | undefined>()
  for (const desk of desks) {
    expect(desk.waiting).toEqual([])
    for (const [id, state] of desk.takenSince()) taken.set(id, state)
  }
  const answered = await database.query<{ id: string; state: string }>(
    'SELECT id, status AS state FROM command WHERE id = ANY($1)',
    [[...taken.keys()]],
  )
  expect(new Map(answered.map((c) => [c.id, c.state]))).toEqual(taken)
  await expectLegalHistory(database, appeals, after)
  const seen = await Promise.all(desks.map((desk) => desk.sees(appeals)))
  const rows = await database.query(
    'SELECT id, state, version::int AS version, lease_officer AS lease FROM appeal WHERE id = ANY($1) ORDER BY id',
    [appeals],
  )
  for (const one of seen) expect(one).toEqual(rows)
  for (const desk of desks) await desk.tidy()
}

/** Ends when all have ended: a walk that fails must not be cut off from what the others still do. */
async function allOf(walks: readonly Promise<void>[]): Promise<void> {
  for (const ended of await Promise.allSettled(walks)) if (ended.status === 'rejected') throw ended.reason
}

/** Number of the registry's last event. */
async function headOf({ database }: ModelWorld): Promise<number> {
  const [counter] = await database.query<{ seq: number }>('SELECT seq::int FROM counter')
  return counter?.seq ?? 0
}

const AT_ONCE = LANES * WALKS_A_LOOK
const RUNS = Math.ceil(COUNT / 2 / AT_ONCE) * AT_ONCE

/** So many of these for every lane. */
const forLanes = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[][]> => {
  const many = { minLength: WALKS_A_LOOK, maxLength: WALKS_A_LOOK }
  return fc.tuple(...lanes.map(() => fc.array(one, many)))
}

const aWalk = fc.commands<Model, Real, false>(
  [
    fc.tuple(aDesk, fc.nat({ max: 1 }), anAct, aLuck).map(([d, a, w, luck]) => new Act(d, a, w, luck)),
    fc.tuple(aDesk, fc.nat({ max: 1 }), anAct, aLuck).map(([d, a, w, luck]) => new Act(d, a, w, luck)),
    fc.tuple(aDesk, fc.boolean()).map(([d, on]) => new Line(d, on)),
    fc.tuple(aDesk, aLuck).map(([d, luck]) => new Sync(d, luck)),
    fc.tuple(aDesk, fc.boolean()).map(([d, mirror]) => new Restart(d, mirror)),
  ],
  { maxCommands: 12 },
)

test(
  `${RUNS} walks of three desks, step by step: what waits is what the model says, and all end where the registry does`,
  async () => {
    const walk = async (walks: readonly Iterable<Step>[], lane: ModelLane): Promise<void> => {
      const world = await lane.next(WALKS_A_LOOK)
      const before = await headOf(world)
      const model = { waiting: OFFICERS.map(() => 0), online: OFFICERS.map(() => true) }
      const appeals: string[] = []
      for (const steps of walks) {
        const real = await freshAppeals(world)
        appeals.push(...real.appeals)
        await fc.asyncModelRun(() => ({ model, real }), steps)
      }
      await settle(world, appeals, before)
    }
    await fc.assert(
      fc.asyncProperty(forLanes(aWalk), async (walks) => {
        await allOf(walks.map((some, i) => walk(some, lanes[i] as ModelLane)))
      }),
      { numRuns: RUNS / AT_ONCE, seed: SEED, endOnFailure: true },
    )
    report({ fault: 'walks of several desks, step by step', count: RUNS, lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
  },
  patience(RUNS, 2_000),
)

const fates = fc.array(aLuck, { maxLength: 4 })

/** Orders to three desks at once, what becomes of their requests, and who goes on first. */
interface AtOnce {
  readonly scheduler: fc.Scheduler
  readonly orders: (readonly [desk: number, appeal: number, what: 'claim' | 'return' | 'ask'])[]
  readonly luck: readonly Luck[][]
}
const atOnce: fc.Arbitrary<AtOnce> = fc.record({
  scheduler: fc.scheduler(),
  orders: fc.array(fc.tuple(aDesk, fc.nat({ max: 1 }), anAct), { minLength: 2, maxLength: 8 }),
  luck: fc.tuple(fates, fates, fates),
})

test(
  `${RUNS} walks of three desks at once, requests and answers overtaking each other: one after the other would have given the same`,
  async () => {
    const walk = async (real: Real, { scheduler, orders, luck }: AtOnce): Promise<void> => {
      const { network, desks } = real.world
      network.heal()
      network.pass = (label) => scheduler.schedule(Promise.resolve(), label)
      for (const [i, one] of luck.entries()) network.commandsMeet(nameOf(real, i), one)
      const working = desks.map(async (desk, i) => {
        for (const [d, appeal, what] of orders) if (d === i) await desk.act(what, real.appeals[appeal] as string)
      })
      await scheduler.waitFor(Promise.all(working))
    }
    const walkAll = async (walks: readonly AtOnce[], lane: ModelLane): Promise<void> => {
      const world = await lane.next(WALKS_A_LOOK)
      const before = await headOf(world)
      const appeals: string[] = []
      for (const one of walks) {
        const real = await freshAppeals(world)
        appeals.push(...real.appeals)
        await walk(real, one)
      }
      await settle(world, appeals, before)
    }
    await fc.assert(
      fc.asyncProperty(forLanes(atOnce), async (walks) => {
        await allOf(walks.map((some, i) => walkAll(some, lanes[i] as ModelLane)))
      }),
      { numRuns: RUNS / AT_ONCE, seed: SEED, endOnFailure: true },
    )
    report({ fault: 'walks of several desks at once', count: RUNS, lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
  },
  patience(RUNS, 2_000),
)
