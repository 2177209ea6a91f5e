import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Intake } from '../../../src/contract/registry.ts'
import { type RunningRegistry, startRegistry } from '../../../src/registry/start.ts'
import { type Asking, asking, copyOf, dropDatabase, furnishedDatabase } from '../../registry/furnishedDatabase.ts'
import { imei, TestDesk } from '../../registry/testDesk.ts'
import { fileAppeal } from '../appealOf.ts'
import { DeskNetwork } from './deskNetwork.ts'
import { HttpLine } from './httpLine.ts'
import { ModelDesk } from './modelDesk.ts'

export const OFFICERS = ['reviewer', 'reviewer2', 'reviewer'] as const
/** So many walks share a registry and desks: a desk that begins anew replays all there is, so a world must not grow old. */
const WALKS_A_WORLD = 120
const APPEALS_A_WALK = 2
/** Of so many appeals one comes in while desks work; the others lie there when a world begins. */
const FILED_MEANWHILE_EVERY = 8

/** A registry with three desks in this process, for one walk after the other. */
export interface ModelWorld {
  /** The registry's database. */
  readonly database: Asking
  readonly network: DeskNetwork
  readonly desks: readonly ModelDesk[]
  /** An appeal about a device of its own that nobody has touched. */
  freshAppeal(): Promise<string>
}

/** What every world begins as: the closed files of a registry and of three desks that know all its appeals. */
interface Furnished {
  readonly database: string
  readonly data: string
  readonly homes: readonly string[]
  readonly evidence: Intake['evidence']
  readonly appeals: readonly string[]
}

interface Opened {
  readonly registry: RunningRegistry
  readonly network: DeskNetwork
  readonly desks: readonly ModelDesk[]
}

const realFetch = globalThis.fetch
/** Which network a desk's address belongs to. */
const networks = new Map<string, DeskNetwork>()

/** Starts a registry on these files and opens three desks on it: new ones, or with `homes` those that were closed there. */
async function open(
  lane: string,
  line: HttpLine,
  { database, data, homes }: Pick<Furnished, 'database' | 'data'> & { readonly homes?: readonly string[] },
): Promise<Opened> {
  const registry = await startRegistry({ data, database, log: 'silent' })
  const network = new DeskNetwork(registry.url, line.fetch)
  networks.set(lane, network)
  vi.stubGlobal('fetch', toItsNetwork)
  const desks = OFFICERS.map((officer, i) => ModelDesk.open({ network, name: `${lane}desk${i}`, officer }, homes?.[i]))
  return { registry, network, desks: await Promise.all(desks) }
}

let furnished: Promise<Furnished> | undefined

async function furnish(): Promise<Furnished> {
  const database = await furnishedDatabase()
  const data = mkdtempSync(join(tmpdir(), 'tamga-registry-'))
  const line = new HttpLine()
  const { registry, desks } = await open('lanefirst', line, { database, data })
  const wire = await TestDesk.enrolled(registry)
  const evidence = [await paper(wire, 'receipt'), await paper(wire, 'imei-photo')]
  const appeals: string[] = []
  for (let i = 0; i < WALKS_A_WORLD * APPEALS_A_WALK; i++)
    appeals.push((await fileAppeal(wire, imei(i), { evidence })).id)
  for (const desk of desks) {
    await desk.sync()
    await desk.close()
  }
  line.close()
  await registry.stop()
  process.once('exit', () => {
    for (const folder of [data, ...desks.map((desk) => desk.home)]) rmSync(folder, { recursive: true, force: true })
  })
  return { database, data, homes: desks.map((desk) => desk.home), evidence, appeals }
}

/** A place where walks are made, one after the other; several lanes side by side do not wait for each other's database. */
export class ModelLane {
  readonly #name: string
  readonly #line = new HttpLine()
  #world: { readonly now: ModelWorld; readonly end: () => Promise<void> } | null = null
  #walks = 0
  #filed = 0

  constructor(number: number) {
    this.#name = `lane${number}`
  }

  /** The world of the next walks: that of the last ones, or after many a new one. */
  async next(walks: number): Promise<ModelWorld> {
    this.#walks += walks
    if (this.#world && this.#walks <= WALKS_A_WORLD) return this.#world.now
    await this.end()
    this.#walks = walks
    furnished ??= furnish()
    const { evidence, appeals, ...first } = await furnished
    const data = mkdtempSync(join(tmpdir(), 'tamga-registry-'))
    cpSync(first.data, data, { recursive: true })
    const url = await copyOf(first.database)
    const { registry, network, desks } = await open(this.#name, this.#line, { ...first, data, database: url })
    const database = await asking(url)
    const wire = new TestDesk(registry)
    const fresh = appeals.values()
    this.#world = {
      now: {
        database,
        network,
        desks,
        freshAppeal: async () => {
          if (this.#filed++ % FILED_MEANWHILE_EVERY === 0)
            return (await fileAppeal(wire, imei(500_000 + this.#filed), { evidence })).id
          const { value } = fresh.next()
          if (!value) throw new Error(`more than ${appeals.length} appeals in a world`)
          return value
        },
      },
      end: async () => {
        for (const desk of desks) await desk.remove()
        this.#line.close()
        await database.end()
        await registry.stop()
        await dropDatabase(url)
        rmSync(data, { recursive: true, force: true })
      },
    }
    return this.#world.now
  }

  async end(): Promise<void> {
    const world = this.#world
    this.#world = null
    await world?.end()
  }
}

/** A paper that lies at the registry: appeals of a walk differ by their devices, their papers are not looked at. */
async function paper(wire: TestDesk, shows: 'receipt' | 'imei-photo'): Promise<Intake['evidence'][number]> {
  const bytes = Buffer.from(`%PDF-1.7 SAMPLE ${shows}`)
  const sha256 = await wire.putBlob(bytes)
  return { file: `${shows}.pdf`, sha256, bytes: bytes.length, type: 'application/pdf', shows }
}

const toItsNetwork: typeof globalThis.fetch = (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : input)
  const network = networks.get(/^(lane.+)desk\d\.test$/.exec(hostname)?.[1] ?? '')
  return network ? network.fetch(input, init) : realFetch(input, init)
}
