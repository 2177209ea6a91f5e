import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { dropDatabase, furnishedDatabase } from '../../registry/furnishedDatabase.ts'
import { imei, TestDesk } from '../../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { fileAppeal } from '../appealOf.ts'
import { DeskNetwork, type Luck } from './deskNetwork.ts'
import { expectLegalHistory } from './history.ts'
import { ModelDesk } from './modelDesk.ts'
import { faults, patience, report, SEED } from './size.ts'

const COUNT = faults(300, 200_000)
const OFFICERS = ['reviewer', 'reviewer2', 'reviewer'] as const
/** So many walks share a registry and desks: a desk that begins anew replays all there is, so a world must not grow old. */
const WALKS_A_WORLD = 50

let registry: TestRegistry | undefined
let network: DeskNetwork
let wire: TestDesk
let desks: ModelDesk[] = []
let walks = 0
let filed = 0

async function endWorld(): Promise<void> {
  for (const desk of desks) await desk.close()
  vi.unstubAllGlobals()
  await registry?.stop()
  if (registry) await dropDatabase(registry.database)
}
afterAll(endWorld)

/** The registry and the desks of the next walk. */
async function world(): Promise<TestRegistry> {
  if (registry && ++walks < WALKS_A_WORLD) return registry
  await endWorld()
  walks = 0
  registry = await testRegistry({ database: await furnishedDatabase() })
  network = new DeskNetwork(registry.url)
  vi.stubGlobal('fetch', network.fetch)
  wire = await TestDesk.enrolled(registry)
  desks = await Promise.all(OFFICERS.map((officer, i) => ModelDesk.open(network, `desk${i}`, officer)))
  return registry
}

/** What one walk is about: appeals of its own, so that walks do not meet. */
interface Model {
  /** Commands each desk must still have waiting. */
  readonly waiting: number[]
  readonly online: boolean[]
}
interface Real {
  readonly appeals: readonly string[]
}
type Step = fc.AsyncCommand<Model, Real>

async function freshAppeals(): Promise<Real> {
  const appeals = []
  for (let i = 0; i < 2; i++) appeals.push((await fileAppeal(wire, imei(500_000 + filed++))).id)
  return { appeals }
}

class Act implements Step {
  readonly desk: number
  readonly appeal: number
  readonly what: 'claim' | 'return' | 'ask'
  constructor(desk: number, appeal: number, what: 'claim' | 'return' | 'ask') {
    this.desk = desk
    this.appeal = appeal
    this.what = what
  }
  check = (): boolean => true
  async run(m: Model, r: Real): Promise<void> {
    const desk = desks[this.desk] as ModelDesk
    const taken = await desk.act(this.what, r.appeals[this.appeal] as string)
    const before = m.waiting[this.desk] ?? 0
    // offline every act that the desk takes waits; online nothing does, and what waited has gone out with it
    m.waiting[this.desk] = m.online[this.desk] ? (taken ? 0 : before) : before + (taken ? 1 : 0)
    expect((await desk.waiting()).length).toBe(m.waiting[this.desk])
  }
  toString = (): string => `desk${this.desk} ${this.what} appeal${this.appeal}`
}

class Line implements Step {
  readonly desk: number
  readonly online: boolean
  constructor(desk: number, online: boolean) {
    this.desk = desk
    this.online = online
  }
  check = (m: Model): boolean => m.online[this.desk] !== this.online
  async run(m: Model): Promise<void> {
    network.setOnline(`desk${this.desk}`, this.online)
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
  async run(m: Model): Promise<void> {
    const desk = desks[this.desk] as ModelDesk
    const before = m.waiting[this.desk] ?? 0
    network.commandsMeet(`desk${this.desk}`, [this.luck])
    await desk.sync()
    network.commandsMeet(`desk${this.desk}`, [])
    const fails = this.luck !== 'arrives' && before > 0
    m.waiting[this.desk] = fails ? before : 0
    expect((await desk.waiting()).length).toBe(m.waiting[this.desk])
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
  async run(m: Model): Promise<void> {
    const desk = desks[this.desk] as ModelDesk
    await desk.restart(this.mirror)
    expect((await desk.waiting()).length).toBe(m.waiting[this.desk])
  }
  toString = (): string => `desk${this.desk} is restarted${this.mirror ? ', its mirror lost' : ''}`
}

const aDesk = fc.nat({ max: OFFICERS.length - 1 })
const aLuck = fc.constantFrom<Luck>('arrives', 'arrives', 'is lost', 'answer is lost')
const anAct = fc.constantFrom('claim', 'claim', 'return', 'ask') as fc.Arbitrary<'claim' | 'return' | 'ask'>

/** Everybody online, everything sent, everything pulled: what then must hold after any walk. */
async function settle(registry: TestRegistry, appeals: readonly string[]): Promise<void> {
  network.heal()
  for (const desk of desks) await desk.sync()
  for (const desk of desks) {
    await desk.sync()
    expect(await desk.waiting()).toEqual([])
    const taken = await desk.takenSince()
    const answered = await registry.query('SELECT id, status AS state FROM command WHERE id = ANY($1)', [
      taken.map((c) => c.id),
    ])
    expect(new Map(answered.map((c) => [c.id, c.state]))).toEqual(new Map(taken.map((c) => [c.id, c.state])))
  }
  await expectLegalHistory(registry, appeals)
  const seen = await Promise.all(desks.map((desk) => desk.sees(appeals)))
  const rows = await registry.query(
    'SELECT id, state, version::int AS version, lease_officer AS lease FROM appeal WHERE id = ANY($1) ORDER BY id',
    [appeals],
  )
  for (const one of seen) expect(one).toEqual(rows)
  for (const desk of desks) await desk.tidy()
}

const RUNS = Math.ceil(COUNT / 2)

test(
  `${RUNS} walks of three desks, step by step: what waits is what the model says, and all end where the registry does`,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands(
          [
            fc.tuple(aDesk, fc.nat({ max: 1 }), anAct).map(([d, a, w]) => new Act(d, a, w)),
            fc.tuple(aDesk, fc.nat({ max: 1 }), anAct).map(([d, a, w]) => new Act(d, a, w)),
            fc.tuple(aDesk, fc.boolean()).map(([d, on]) => new Line(d, on)),
            fc.tuple(aDesk, aLuck).map(([d, luck]) => new Sync(d, luck)),
            fc.tuple(aDesk, fc.boolean()).map(([d, mirror]) => new Restart(d, mirror)),
          ],
          { maxCommands: 12 },
        ),
        async (steps) => {
          const registry = await world()
          const real = await freshAppeals()
          await fc.asyncModelRun(
            () => ({ model: { waiting: OFFICERS.map(() => 0), online: OFFICERS.map(() => true) }, real }),
            steps,
          )
          await settle(registry, real.appeals)
        },
      ),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    )
    report({ fault: 'walks of several desks, step by step', count: RUNS, lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
  },
  patience(RUNS, 2_000),
)

test(
  `${RUNS} walks of three desks at once, requests and answers overtaking each other: one after the other would have given the same`,
  async () => {
    const acts = fc.array(fc.tuple(aDesk, fc.nat({ max: 1 }), anAct), { minLength: 2, maxLength: 8 })
    const fates = fc.array(aLuck, { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), acts, fc.tuple(fates, fates, fates), async (scheduler, orders, luck) => {
        const registry = await world()
        const real = await freshAppeals()
        for (const desk of desks) await desk.sync()
        network.pass = (label) => scheduler.schedule(Promise.resolve(), label)
        for (const [i, one] of luck.entries()) network.commandsMeet(`desk${i}`, one)
        const atOnce = desks.map(async (desk, i) => {
          for (const [d, appeal, what] of orders) if (d === i) await desk.act(what, real.appeals[appeal] as string)
        })
        await scheduler.waitFor(Promise.all(atOnce))
        await settle(registry, real.appeals)
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    )
    report({ fault: 'walks of several desks at once', count: RUNS, lost: 0, doubled: 0, gaps: 0, halfApplied: 0 })
  },
  patience(RUNS, 2_000),
)
