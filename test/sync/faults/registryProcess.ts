import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { WarmProcesses } from './warmProcesses.ts'

const CLI = join(import.meta.dirname, '../../../src/cli/registry.ts')

const warm = new WarmProcesses(() =>
  spawn(process.execPath, [join(import.meta.dirname, 'waitingRegistry.ts')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: plainEnv(),
  }),
)

/** A registry that npm started ends with npm's shell; a test's own has none. */
function plainEnv(): NodeJS.ProcessEnv {
  const { npm_lifecycle_event: _script, ...env } = process.env
  return env
}

export interface RegistryProcessOptions {
  readonly database: string
  readonly data: string
  readonly port: number
  readonly more?: readonly string[]
  readonly log?: (text: string) => void
  /** Takes a process that has loaded its program already, and prepares the next. */
  readonly warm?: boolean
}

/** The registry as its command starts it, in a process of its own. */
export class RegistryProcess {
  readonly url: string
  readonly #child: ChildProcess
  readonly exited: Promise<number | null>

  private constructor(child: ChildProcess, url: string) {
    this.#child = child
    this.url = url
    this.exited = new Promise((resolve) => child.once('exit', resolve))
  }

  static async start(o: RegistryProcessOptions): Promise<RegistryProcess> {
    const words = ['--database', o.database, '--data', o.data, '--port', String(o.port), ...(o.more ?? [])]
    const child = o.warm
      ? warm.take()
      : spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: plainEnv() })
    child.stdin?.end(JSON.stringify(words))
    let complaint = ''
    const line = await new Promise<string>((resolve, reject) => {
      let said = ''
      child.stderr?.on('data', (piece) => {
        o.log?.(String(piece))
        complaint = (complaint + piece).slice(-2_000)
      })
      child.stdout?.on('data', (piece) => {
        said += piece
        if (said.includes('\n')) resolve(said)
      })
      child.once('close', (code, signal) => reject(new Error(`the registry ended (${code ?? signal}): ${complaint}`)))
    })
    const { url } = JSON.parse(line) as { url: string }
    if (o.warm) warm.keep()
    return new RegistryProcess(child, url)
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.exited
  }

  /** Asks it to stop, as a service manager does; answers its exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM')
    return this.exited
  }
}

/**
 * A port nobody listens on now, of those the system does not hand out by itself: whoever dials while a registry is dead may be given
 * any other, and then it cannot start again at its address.
 */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    const server = createServer()
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') freePort().then(resolve, reject)
      else reject(error)
    })
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)))
  })
