import { startRegistry } from '../src/registry/start.ts'

/** The registry of a bench in a process of its own: `node bench/registrySide.ts DATABASE FOLDER`. It builds no snapshots by itself. */
const [database = '', data = ''] = process.argv.slice(2)
const registry = await startRegistry({ data, database, log: 'silent', snapshot: { after: Number.MAX_SAFE_INTEGER } })
process.once('SIGTERM', () => void registry.stop())
process.stdout.write(`${JSON.stringify({ url: registry.url })}\n`)
