import { vi } from 'vitest'
import type { Intake } from '../../../src/contract/registry.ts'
import { type Asking, asking, dropDatabase, furnishedDatabase } from '../../registry/furnishedDatabase.ts'
import { imei, TestDesk } from '../../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { fileAppeal } from '../appealOf.ts'
import { DeskNetwork } from './deskNetwork.ts'
import { HttpLine } from './httpLine.ts'
import { ModelDesk } from './modelDesk.ts'

export const OFFICERS = ['reviewer', 'reviewer2', 'reviewer'] as const
/** So many walks share a registry and desks: a desk that begins anew replays all there is, so a world must not grow old. */
const WALKS_A_WORLD = 50

/** A registry with three desks in this process, for one walk after the other. */
export interface ModelWorld {
  readonly registry: TestRegistry
  /** The registry's database. */
  readonly database: Asking
  readonly network: DeskNetwork
  readonly desks: readonly ModelDesk[]
  /** Files an appeal about a device of its own and answers its number. */
  fileAppeal(): Promise<string>
}

const realFetch = globalThis.fetch
/** Which network a desk's address belongs to. */
const networks = new Map<string, DeskNetwork>()
const LANE = /^lane\d+/

/** A place where walks are made, one after the other; several lanes side by side do not wait for each other's database. */
export class ModelLane {
  readonly #name: string
  readonly #line = new HttpLine()
  #world: ModelWorld | null = null
  #walks = 0
  #filed = 0

  constructor(number: number) {
    this.#name = `lane${number}`
  }

  /** The world of the next walks: that of the last ones, or after many a new one. */
  async next(walks: number): Promise<ModelWorld> {
    this.#walks += walks
    if (this.#world && this.#walks <= WALKS_A_WORLD) return this.#world
    await this.end()
    this.#walks = walks
    const registry = await testRegistry({ database: await furnishedDatabase() })
    const network = new DeskNetwork(registry.url, this.#line.fetch)
    networks.set(this.#name, network)
    vi.stubGlobal('fetch', toItsNetwork)
    const wire = await TestDesk.enrolled(registry)
    const desks = await Promise.all(
      OFFICERS.map((officer, i) => ModelDesk.open(network, `${this.#name}desk${i}`, officer)),
    )
    const evidence = [await paper(wire, 'receipt'), await paper(wire, 'imei-photo')]
    this.#world = {
      registry,
      database: await asking(registry.database),
      network,
      desks,
      fileAppeal: async () => (await fileAppeal(wire, imei(500_000 + this.#filed++), { evidence })).id,
    }
    return this.#world
  }

  async end(): Promise<void> {
    const world = this.#world
    this.#world = null
    if (!world) return
    for (const desk of world.desks) await desk.close()
    this.#line.close()
    await world.database.end()
    await world.registry.stop()
    await dropDatabase(world.registry.database)
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
  const network = networks.get(LANE.exec(hostname)?.[0] ?? '')
  return network ? network.fetch(input, init) : realFetch(input, init)
}
