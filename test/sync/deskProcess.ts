import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { type Channel, type Client, connect } from '../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../src/contract/engine.ts'
import type { FromEngine, ToEngine } from '../../src/contract/host.ts'
import type { Strides } from '../../src/engine/sync/desk.ts'
import { WarmProcesses } from './faults/warmProcesses.ts'

/** Key of the homes of tests that start whole processes. */
export const PROCESS_KEY = 'd4'.repeat(32)

export interface DeskProcessOptions {
  readonly home: string
  readonly registry: string
  readonly strides?: Strides
  /** Takes what the process writes to its log; absent: the test's own error output. */
  readonly log?: (text: string) => void
}

const tell = (text: string): void => {
  process.stderr.write(text)
}

const engines = new WarmProcesses(() =>
  fork(join(import.meta.dirname, '../../src/engine/index.ts'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  }),
)

/** The engine in a process of its own, as a window's host starts it. */
export class DeskProcess {
  readonly #child: ChildProcess
  readonly client: Client<EngineContract>
  readonly exited: Promise<void>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()))
    const closed = { code: 'engine-restarted', details: {} } as const
    this.client = connect(ENGINE_CALLS, this.#channel(), closed, () => undefined)
  }

  /**
   * Starts one, or gives one that waits its home.
   * @throws Error with the problem when the desk does not open
   */
  static async start({ home, registry, log, strides }: DeskProcessOptions): Promise<DeskProcess> {
    const child = engines.take()
    child.stderr?.on('data', (piece) => (log ?? tell)(String(piece)))
    const desk = new DeskProcess(child)
    desk.#tell({ t: 'start', home, keyHex: PROCESS_KEY, registry, language: 'en', live: true, strides })
    const first = await desk.#next((m) => m.t === 'ready' || m.t === 'failed')
    if (first.t !== 'ready') {
      child.kill('SIGKILL')
      throw new Error(`the desk did not open: ${JSON.stringify(first)}`)
    }
    desk.#tell({ t: 'open', window: 1 })
    engines.refill()
    return desk
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Lets its calls use a path by this token. */
  grant(token: string, path: string): void {
    this.#tell({ t: 'grant', token, path })
  }

  kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    engines.keep()
    return this.exited
  }

  async stop(): Promise<void> {
    this.#tell({ t: 'stop' })
    await this.exited
  }

  #tell(message: ToEngine): void {
    if (this.#child.connected) this.#child.send(message)
  }

  #next(is: (m: FromEngine) => boolean): Promise<FromEngine> {
    return new Promise((resolve, reject) => {
      const take = (m: FromEngine): void => {
        if (!is(m)) return
        this.#child.off('message', take)
        resolve(m)
      }
      this.#child.on('message', take)
      this.#child.once('exit', (code, signal) => reject(new Error(`the desk ended (${code ?? signal})`)))
    })
  }

  #channel(): Channel {
    return {
      send: (message) => this.#tell({ t: 'relay', window: 1, message }),
      onMessage: (take) =>
        this.#child.on('message', (m: FromEngine) => {
          if (m.t === 'relay') take(m.message)
        }),
      onClose: (take) => this.#child.once('exit', take),
    }
  }
}
