import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { imei, TestDesk } from '../../registry/testDesk.ts'
import { testRegistry } from '../../registry/testRegistry.ts'
import { limitedFiles, smallFileSystem } from './smallDisk.ts'
import { deskSteps, registrySteps, type Seen } from './steps.ts'

/** Run as `run.ts FOLDER file-system|limit`: all steps, each as a line of JSON. */
const [parent = '', kind = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(parent, 'tamga-full-'))
const disk = (name: string, bytes: number) =>
  kind === 'limit' ? limitedFiles(join(folder, name)) : smallFileSystem(join(folder, name), bytes)

const see = (step: string, found: unknown, wanted: unknown): void => {
  const seen: Seen = { step, found, wanted }
  process.stdout.write(`${JSON.stringify(seen)}\n`)
}

const files = disk('registry', 40e6)
const registry = await testRegistry({ data: join(files.path, 'data') })
const wire = await TestDesk.enrolled(registry)
await wire.imports({
  kind: 'operator',
  imeis: Array.from({ length: 20_000 }, (_, i) => imei(i)),
  date: '2025-12-20',
})
await registry.buildSnapshot()
await deskSteps(disk('desk', 40e6), registry.url, wire, see)
await registrySteps(files, wire, see)
await registry.stop()
if (kind === 'limit') rmSync(folder, { recursive: true, force: true })
// a name space of its own takes its file systems with it
process.exit(0)
