import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Input, type Output, perform } from '../../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../../src/contract/engine.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import { type OpenDesk, openDesk } from '../../../src/engine/openDesk.ts'
import { PROCESS_KEY } from '../deskProcess.ts'
import type { DeskNetwork } from './deskNetwork.ts'

/** Of so many lost mirrors one is gone and made anew by its migrations; the others come back as they were some time ago. */
const MADE_ANEW_EVERY = 8

interface Place {
  readonly network: DeskNetwork
  /** As the network knows the desk. */
  readonly name: string
  readonly officer: string
}

/** A whole desk in this process, without a live stream: it speaks to the registry when a test says so. */
export class ModelDesk {
  readonly home: string
  readonly #place: Place
  readonly #answers = new Map<string, string>()
  /** Commands taken since the last look. */
  readonly #taken = new Set<string>()
  /** Commands that no answer has come to, when the outbox was last looked at. */
  #waiting: readonly string[] = []
  #lost = 0
  #desk: OpenDesk | undefined

  private constructor(home: string, place: Place) {
    this.home = home
    this.#place = place
  }

  /** A desk that begins, or with `from` one with all that another had when it was closed. */
  static async open(place: Place, from?: string): Promise<ModelDesk> {
    const home = mkdtempSync(join(tmpdir(), 'tamga-model-'))
    const desk = new ModelDesk(home, place)
    if (from !== undefined) {
      cpSync(from, home, { recursive: true })
      desk.#keepMirror()
    }
    await desk.#start()
    if (from === undefined) await desk.#call('sign-in', { officer: place.officer })
    await desk.sync()
    return desk
  }

  get name(): string {
    return this.#place.name
  }

  /** Orders something about an appeal; whether the desk took it (the registry may refuse it all the same). */
  async act(what: 'claim' | 'return' | 'ask', id: string): Promise<boolean> {
    try {
      if (what === 'claim') await this.#call('claim-appeal', { id })
      else if (what === 'return') await this.#call('return-appeal', { id, reason: 'model' })
      else await this.#call('decide-appeal', { id, verdict: 'ask', fields: {}, reasons: ['R01'], note: 'model' })
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code === 'internal') throw error
    }
    const fresh = await this.#note()
    for (const command of fresh) this.#taken.add(command)
    return fresh.length > 0
  }

  /** `fails`: what waits will not arrive, or its answer will not. */
  async sync(fails = false): Promise<void> {
    try {
      await this.#call('sync', {})
    } catch (error) {
      if (!fails || !(error instanceof ProblemError) || error.problem.code !== 'registry-unreachable') throw error
    }
    expect(await this.#note()).toEqual([])
  }

  /** Commands that no answer had come to after the last step. */
  get waiting(): readonly string[] {
    return this.#waiting
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
    const anew = withoutMirror && this.#lost++ % MADE_ANEW_EVERY === 0
    if (withoutMirror) this.#loseMirror(anew)
    else this.#keepMirror()
    await this.#start()
    if (anew) await this.#call('sign-in', { officer: this.#place.officer })
    expect(await this.#note()).toEqual([])
  }

  /** Commands taken since the last call, with the answer each had. */
  takenSince(): Map<string, string | undefined> {
    const taken = new Map([...this.#taken].map((id) => [id, this.#answers.get(id)]))
    this.#taken.clear()
    return taken
  }

  /** The officer has read what was refused. */
  async tidy(): Promise<void> {
    for (const { id, state } of await this.#call('outbox', {}))
      if (state === 'refused') await this.#call('dismiss-refused', { id })
  }

  async close(): Promise<void> {
    await this.#desk?.stop()
    this.#desk = undefined
  }

  async remove(): Promise<void> {
    await this.close()
    rmSync(this.home, { recursive: true, force: true })
  }

  get #mirror(): string {
    return join(this.home, 'cache.db')
  }

  get #keptMirror(): string {
    return join(this.home, 'kept-cache.db')
  }

  /** Of a desk that is closed. */
  #keepMirror(): void {
    copyFileSync(this.#mirror, this.#keptMirror)
  }

  #loseMirror(anew: boolean): void {
    for (const end of ['', '-wal', '-shm']) rmSync(this.#mirror + end, { force: true })
    if (!anew) copyFileSync(this.#keptMirror, this.#mirror)
  }

  async #start(): Promise<void> {
    this.#desk = await openDesk({
      home: this.home,
      keyHex: PROCESS_KEY,
      registry: this.#place.network.addressFor(this.name),
      now: () => new Date().toISOString(),
      live: false,
      // its window starts the engine again and finds the officer signed in still
      hostSession: 'model',
      log: {
        info: () => undefined,
        error: (text, error) => {
          throw new Error(text, { cause: error })
        },
      },
    })
  }

  /** Looks at the outbox, in which an answer, once given, stays as it was; tells the commands that were not there before. */
  async #note(): Promise<string[]> {
    const outbox = await this.#call('outbox', {})
    const fresh: string[] = []
    const waiting: string[] = []
    for (const { id, state } of outbox) {
      const known = this.#answers.get(id)
      if (known === undefined && !this.#taken.has(id)) fresh.push(id)
      if (known) expect(state).toBe(known)
      if (state === 'done' || state === 'refused') this.#answers.set(id, state)
      else waiting.push(id)
    }
    this.#waiting = waiting
    return fresh
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
