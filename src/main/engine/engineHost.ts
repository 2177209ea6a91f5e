import type { MessagePortMain } from 'electron'
import type { EngineStart } from '../../contract/host.ts'
import { type Problem, problem } from '../../domain/problem.ts'
import type { Grants } from '../grants.ts'
import type { Log } from '../log.ts'
import type { EngineProcess, LaunchEngine } from './engineProcess.ts'

const FIRST_PAUSE = 200
const LONGEST_PAUSE = 10_000
/** An engine that ran so long has recovered: the next crash is restarted at once again. */
const HEALTHY_AFTER = 60_000
const STOP_PATIENCE = 5_000
/** Crashes in a row before they are told to the officer instead of tried once more. */
const MOST_RESTARTS = 5

/** What windows are told: whether they can be given a channel. */
export type EngineState = { state: 'starting' } | { state: 'ready' } | { state: 'failed'; problem: Problem }

/**
 * Keeps one engine running: starts it, gives it the paths behind tokens, restarts it after a crash. The calls that were open then
 * fail in the window, whose port closes; the window gets a new one when the engine is ready again.
 */
export class EngineHost {
  readonly #launch: LaunchEngine
  readonly #start: EngineStart
  readonly #grants: Grants
  readonly #log: Log
  readonly #listeners: ((state: EngineState) => void)[] = []
  #engine: EngineProcess | undefined
  #state: EngineState = { state: 'starting' }
  #crashes = 0
  #stopping = false

  constructor(launch: LaunchEngine, start: EngineStart, grants: Grants, log: Log) {
    this.#launch = launch
    this.#start = start
    this.#grants = grants
    this.#log = log
    grants.onGrant((token, path) => this.#engine?.send({ t: 'grant', token, path }))
  }

  get state(): EngineState {
    return this.#state
  }

  onState(listener: (state: EngineState) => void): void {
    this.#listeners.push(listener)
  }

  /** Starts the engine. Failures come as states. */
  start(): void {
    const engine = this.#launch()
    const startedAt = Date.now()
    this.#engine = engine
    engine.onOutput((text) => this.#log.write('engine', text.trimEnd()))
    engine.onMessage((message) => {
      if (message.t === 'ready') this.#become({ state: 'ready' })
      if (message.t === 'failed') this.#become({ state: 'failed', problem: message.problem as Problem })
    })
    engine.onExit((code) => this.#exited(code, Date.now() - startedAt))
    engine.send(this.#start)
    for (const [token, path] of this.#grants.all()) engine.send({ t: 'grant', token, path })
  }

  /** Gives a window's port to the engine; only while `ready`. */
  openWindow(window: number, port: MessagePortMain): void {
    this.#engine?.openWindow(window, port)
  }

  /** Lets the engine finish what it writes, for a few seconds. */
  async stop(): Promise<void> {
    const engine = this.#engine
    this.#stopping = true
    if (!engine) return
    await new Promise<void>((stopped) => {
      const patience = setTimeout(() => engine.kill(), STOP_PATIENCE)
      engine.onExit(() => {
        clearTimeout(patience)
        stopped()
      })
      engine.send({ t: 'stop' })
    })
  }

  #exited(code: number | null, ranFor: number): void {
    this.#engine = undefined
    if (this.#stopping) return
    this.#log.write('host', `the engine exited with ${code} after ${ranFor} ms`)
    // what could not be opened once cannot be opened again by trying
    if (this.#state.state === 'failed') return
    this.#crashes = ranFor >= HEALTHY_AFTER ? 1 : this.#crashes + 1
    if (this.#crashes > MOST_RESTARTS) {
      return this.#become({ state: 'failed', problem: problem('internal', { call: 'engine', ref: `exit ${code}` }) })
    }
    this.#become({ state: 'starting' })
    const pause = this.#crashes === 1 ? FIRST_PAUSE : Math.min(FIRST_PAUSE * 2 ** this.#crashes, LONGEST_PAUSE)
    setTimeout(() => {
      if (!this.#stopping) this.start()
    }, pause)
  }

  #become(state: EngineState): void {
    this.#state = state
    for (const listener of this.#listeners) listener(state)
  }
}
