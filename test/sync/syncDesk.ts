import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Input, type Output, perform } from '../../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../../src/contract/engine.ts'
import type { Instant } from '../../src/domain/fact.ts'
import { ProblemError } from '../../src/domain/problem.ts'
import { type OpenDesk, openDesk } from '../../src/engine/openDesk.ts'

export const KEY = 'c3'.repeat(32)

export interface SyncDeskOptions {
  readonly registry: string | null
  readonly as?: string
  readonly home?: string
  readonly live?: boolean
  readonly now?: () => Instant
}

/** A whole desk as a window or a command sees it, on a home of its own. */
export class SyncDesk {
  readonly home: string
  readonly notices: { name: string; value: unknown }[] = []
  readonly #opened: OpenDesk

  private constructor(home: string, opened: OpenDesk, notices: { name: string; value: unknown }[]) {
    this.home = home
    this.#opened = opened
    this.notices = notices
  }

  static async open(o: SyncDeskOptions): Promise<SyncDesk> {
    const home = o.home ?? mkdtempSync(join(tmpdir(), 'tamga-desk-'))
    const notices: { name: string; value: unknown }[] = []
    const opened = await openDesk({
      home,
      keyHex: KEY,
      registry: o.registry,
      now: o.now ?? (() => new Date().toISOString()),
      live: o.live ?? false,
      log: {
        info: () => undefined,
        error: (text, error) => {
          throw new Error(text, { cause: error })
        },
      },
      notice: (name, value) => notices.push({ name, value }),
    })
    const desk = new SyncDesk(home, opened, notices)
    onTestFinished(async () => {
      await desk.stop()
      rmSync(home, { recursive: true, force: true })
    })
    if (o.as !== undefined) await desk.call('sign-in', { officer: o.as })
    return desk
  }

  async call<K extends keyof EngineContract & string>(
    name: K,
    input: Input<EngineContract[K]>,
  ): Promise<Output<EngineContract[K]>> {
    const answer = await perform(ENGINE_CALLS, this.#opened.handlers, name, input, (error) => {
      throw error
    })
    if (!answer.ok) throw new ProblemError(answer.problem)
    return answer.value as Output<EngineContract[K]>
  }

  /** Code of the problem a call ends with. */
  async problemOf<K extends keyof EngineContract & string>(name: K, input: Input<EngineContract[K]>): Promise<string> {
    try {
      await this.call(name, input)
    } catch (error) {
      if (error instanceof ProblemError) return error.problem.code
      throw error
    }
    return 'none'
  }

  grant(token: string, path: string): void {
    this.#opened.grant(token, path)
  }

  stop(): Promise<void> {
    return this.#opened.stop()
  }
}

/** Waits until something holds, looking again each time round the event loop; the test's own time limit ends it. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}
