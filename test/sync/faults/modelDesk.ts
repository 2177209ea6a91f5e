import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { type Input, type Output, perform } from '../../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../../src/contract/engine.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { FEATURE_MIGRATIONS } from '../../../src/engine/featureMigrations.ts'
import { type OpenDesk, openDesk } from '../../../src/engine/openDesk.ts'
import { PROCESS_KEY } from '../deskProcess.ts'
import type { DeskNetwork } from './deskNetwork.ts'

type Answer = Output<EngineContract['outbox']>[number]

/** Of so many lost mirrors one is made anew by its migrations; of the others it is the file that these make. */
const MADE_ANEW_EVERY = 8
const madeMirror = join(mkdtempSync(join(tmpdir(), 'tamga-mirror-')), 'cache.db')
process.once('exit', () => rmSync(dirname(madeMirror), { recursive: true, force: true }))

function makeMirror(): void {
  openHome(dirname(madeMirror), PROCESS_KEY, FEATURE_MIGRATIONS).close()
}

/** A whole desk in this process, without a live stream: it speaks to the registry when a test says so. */
export class ModelDesk {
  readonly name: string
  readonly #officer: string
  readonly #network: DeskNetwork
  readonly #home = mkdtempSync(join(tmpdir(), 'tamga-model-'))
  readonly #answers = new Map<string, string>()
  readonly #taken = new Set<string>()
  #lost = 0
  #desk: OpenDesk | undefined

  private constructor(network: DeskNetwork, name: string, officer: string) {
    this.#network = network
    this.name = name
    this.#officer = officer
  }

  static async open(network: DeskNetwork, name: string, officer: string): Promise<ModelDesk> {
    const desk = new ModelDesk(network, name, officer)
    await desk.#start()
    await desk.sync()
    return desk
  }

  /** Orders something about an appeal; whether the desk took it (the registry may refuse it all the same). */
  async act(what: 'claim' | 'return' | 'ask', id: string): Promise<boolean> {
    const before = new Set((await this.#call('outbox', {})).map((o) => o.id))
    try {
      if (what === 'claim') await this.#call('claim-appeal', { id })
      else if (what === 'return') await this.#call('return-appeal', { id, reason: 'model' })
      else await this.#call('decide-appeal', { id, verdict: 'ask', fields: {}, reasons: ['R01'], note: 'model' })
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code === 'internal') throw error
    }
    const fresh = (await this.#note()).filter((o) => !before.has(o.id))
    for (const { id: command } of fresh) this.#taken.add(command)
    return fresh.length > 0
  }

  async sync(): Promise<void> {
    try {
      await this.#call('sync', {})
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'registry-unreachable') throw error
    }
    await this.#note()
  }

  /** Commands that no answer has come to. */
  async waiting(): Promise<string[]> {
    const open = (await this.#call('outbox', {})).filter((o) => ['held', 'queued', 'sending'].includes(o.state))
    return open.map((o) => o.id)
  }

  /** How this desk's mirror shows the appeals. */
  async sees(appeals: readonly string[]): Promise<object[]> {
    const rows = []
    for (const id of [...appeals].sort()) {
      const { state, version, lease } = await this.#call('appeal', { id })
      rows.push({ id, state, version, lease: lease?.officer ?? null })
    }
    return rows
  }

  async restart(withoutMirror: boolean): Promise<void> {
    await this.#desk?.stop()
    if (withoutMirror) this.#loseMirror()
    await this.#start()
  }

  /** Commands taken since the last call, with the answer each had. */
  async takenSince(): Promise<{ id: string; state: string }[]> {
    const taken = (await this.#call('outbox', {})).filter((o) => this.#taken.delete(o.id))
    expect(this.#taken.size).toBe(0)
    return taken.map(({ id, state }) => ({ id, state }))
  }

  /** The officer has read what was refused. */
  async tidy(): Promise<void> {
    for (const { id, state } of await this.#call('outbox', {}))
      if (state === 'refused') await this.#call('dismiss-refused', { id })
  }

  async close(): Promise<void> {
    await this.#desk?.stop()
    rmSync(this.#home, { recursive: true, force: true })
  }

  #loseMirror(): void {
    const mirror = join(this.#home, 'cache.db')
    for (const end of ['', '-wal', '-shm']) rmSync(mirror + end, { force: true })
    if (this.#lost++ % MADE_ANEW_EVERY === 0) return
    if (!existsSync(madeMirror)) makeMirror()
    copyFileSync(madeMirror, mirror)
  }

  async #start(): Promise<void> {
    this.#desk = await openDesk({
      home: this.#home,
      keyHex: PROCESS_KEY,
      registry: this.#network.addressFor(this.name),
      now: () => new Date().toISOString(),
      live: false,
      log: {
        info: () => undefined,
        error: (text, error) => {
          throw new Error(text, { cause: error })
        },
      },
    })
    await this.#call('sign-in', { officer: this.#officer })
  }

  /** Looks at the outbox; an answer, once given, stays as it was. */
  async #note(): Promise<readonly Answer[]> {
    const outbox = await this.#call('outbox', {})
    for (const { id, state } of outbox) {
      const known = this.#answers.get(id)
      if (known) expect(state).toBe(known)
      if (state === 'done' || state === 'refused') this.#answers.set(id, state)
    }
    return outbox
  }

  async #call<K extends keyof EngineContract & string>(
    name: K,
    input: Input<EngineContract[K]>,
  ): Promise<Output<EngineContract[K]>> {
    if (!this.#desk) throw new Error(`${this.name} is closed`)
    const answer = await perform(ENGINE_CALLS, this.#desk.handlers, name, input, (error) => {
      throw error
    })
    if (!answer.ok) throw new ProblemError(answer.problem)
    return answer.value as Output<EngineContract[K]>
  }
}
