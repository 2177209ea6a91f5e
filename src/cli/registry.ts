import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ProblemError } from '../domain/problem.ts'
import { type RegistryOptions, type RunningRegistry, startRegistry } from '../registry/start.ts'
import { ADMINISTRATION_USAGE, isAdministration, runAdministration } from './registry/administration.ts'

const USAGE =
  'registry [--data DIR] [--database postgres://…] [--read postgres://…]… [--port N] [--host ADDRESS] [--sample small|national] [--white N] [--log LEVEL]\n'

/** Where a registry keeps its data unless told otherwise. */
const defaultData = (): string => join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'tamga-registry')

function readOptions(): RegistryOptions {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      database: { type: 'string' },
      read: { type: 'string', multiple: true },
      port: { type: 'string' },
      host: { type: 'string' },
      sample: { type: 'string' },
      white: { type: 'string' },
      log: { type: 'string' },
    },
    strict: true,
  })
  const { sample } = values
  if (sample !== undefined && sample !== 'small' && sample !== 'national') throw new TypeError(`--sample ${sample}`)
  return {
    data: values.data ?? defaultData(),
    // a password on the command line is read by everybody on the machine
    database: values.database ?? process.env.TAMGA_DATABASE,
    read: values.read ?? process.env.TAMGA_READ?.split(/\s+/).filter(Boolean),
    host: values.host,
    port: wholeNumber('port', values.port, 65_535),
    white: wholeNumber('white', values.white, 100_000_000),
    sample,
    log: logLevel(values.log),
  }
}

function logLevel(text: string | undefined): RegistryOptions['log'] {
  if (text === undefined || text === 'silent' || text === 'debug' || text === 'info' || text === 'warn') return text
  throw new TypeError(`--log ${text}`)
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text) || Number(text) > most) throw new TypeError(`--${name} ${text}`)
  return Number(text)
}

function optionsOrExit(): RegistryOptions {
  try {
    return readOptions()
  } catch (e) {
    process.stderr.write(`${(e as Error).message}\n${USAGE}${ADMINISTRATION_USAGE}`)
    process.exit(2)
  }
}

/** Starts, or says why not: exit 1 with the problem as JSON. */
async function serve(options: RegistryOptions): Promise<RunningRegistry> {
  try {
    return await startRegistry(options)
  } catch (e) {
    if (!(e instanceof ProblemError)) throw e
    process.stdout.write(`${JSON.stringify({ problem: e.problem })}\n`)
    process.exit(1)
  }
}

const words = process.argv.slice(2)
if (isAdministration(words)) process.exit(await runAdministration(words, defaultData()))

const started = serve(optionsOrExit())

let ending = false
async function end(): Promise<never> {
  await (await started).stop()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // a second signal while stopping changes nothing
    if (!ending) void end()
    ending = true
  })

// npm hands a signal to a shell that ends without passing it on: when that shell is gone, so is whoever wanted the registry
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid
  setInterval(() => {
    if (process.ppid !== shell) process.emit('SIGTERM')
  }, 300).unref()
}

const { url, version, database } = await started
process.stdout.write(`${JSON.stringify({ url, version, database })}\n`)
