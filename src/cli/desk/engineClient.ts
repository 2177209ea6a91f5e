import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { type Input, type Output, perform } from '../../contract/call.ts'
import { zJob } from '../../contract/engine/session.ts'
import { ENGINE_CALLS, type EngineContract } from '../../contract/engine.ts'
import { zHello } from '../../contract/registry.ts'
import type { Lang } from '../../contract/value.ts'
import { ProblemError } from '../../domain/problem.ts'
import { openDesk } from '../../engine/openDesk.ts'
import { homeKey, type KeyFiles } from './home.ts'
import { reportBug } from './reportBug.ts'

/** Options that every command takes. */
export interface Common {
  readonly home: string
  /** Address, `embedded`, or null to stay offline. */
  readonly registry: string | null
  readonly as: string | undefined
  readonly lang: Lang
  readonly keys: KeyFiles
}

/** The engine as a command uses it. */
export interface EngineClient {
  call<K extends keyof EngineContract & string>(
    name: K,
    input: Input<EngineContract[K]>,
  ): Promise<Output<EngineContract[K]>>
  /** Lets the engine read or write a path; answers its token. */
  grant(path: string): string
  close(): Promise<void>
}

/** What a command says beside its answer; all of it goes to stderr. */
export interface Telling {
  progress(done: number, total: number | null, unit: string): void
  note(text: string): void
}

export interface Opening {
  /** Pull what the registry has before the command begins. */
  readonly sync: boolean
  /** Keep pulling while the command runs. */
  readonly live: boolean
}

/**
 * Opens the desk: its registry (started here when embedded), its key, its officer. A registry that cannot be reached is no obstacle: the
 * command goes on with what the desk has.
 * @throws ProblemError
 */
export async function openEngine(common: Common, telling: Telling, how: Opening): Promise<EngineClient> {
  const opened: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    for (const undo of opened.splice(0).reverse()) await undo()
  }
  try {
    const home = resolve(common.home)
    const url = common.registry === 'embedded' ? await startEmbedded(home, opened) : common.registry
    const client = await startEngine(home, url, common, telling, how.live, opened)
    if (how.sync && url !== null) await client.call('sync', {})
    if (common.as !== undefined) await client.call('sign-in', { officer: common.as })
    return { ...client, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A registry of this home's own; its data stay there for the next command. */
async function startEmbedded(home: string, opened: (() => Promise<unknown>)[]): Promise<string> {
  const { startRegistry } = await import('../../registry/start.ts')
  const registry = await startRegistry({ data: join(home, 'registry'), port: 0, sample: 'small', log: 'silent' })
  opened.push(() => registry.stop())
  return registry.url
}

async function startEngine(
  home: string,
  registry: string | null,
  { keys }: Common,
  telling: Telling,
  live: boolean,
  opened: (() => Promise<unknown>)[],
): Promise<Omit<EngineClient, 'close'>> {
  const keyHex = await homeKey(home, keys, () => isForPractice(registry))
  const desk = await openDesk({
    home,
    keyHex,
    registry,
    now: () => new Date().toISOString(),
    live,
    log: { info: () => undefined, error: (text, error) => telling.note(`${text}: ${String(error)}`) },
    notice: (name, value) => {
      if (name !== 'job') return
      const { done, total, unit } = zJob.parse(value)
      telling.progress(done, total, unit)
    },
  })
  opened.push(() => desk.stop())
  return {
    async call(name, input) {
      const answer = await perform(ENGINE_CALLS, desk.handlers, name, input, (error) => reportBug(error, telling))
      if (!answer.ok) throw new ProblemError(answer.problem)
      return answer.value as Output<EngineContract[typeof name]>
    },
    grant(path) {
      const token = randomUUID()
      desk.grant(token, resolve(path))
      return token
    },
  }
}

const HELLO_MS = 5000

/** A key in an unprotected file is only for practice: not where a registry says that its data are real. */
async function isForPractice(registry: string | null): Promise<boolean> {
  if (registry === null) return true
  let answer: Response
  try {
    answer = await fetch(new URL('/v1/hello', registry), { signal: AbortSignal.timeout(HELLO_MS) })
  } catch {
    // not reached: there is nothing yet that the key would protect
    return true
  }
  return zHello.safeParse(await answer.json().catch(() => null)).data?.sample !== false
}
