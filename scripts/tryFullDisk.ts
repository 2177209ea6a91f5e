/**
 * Fills the disks of a desk and of a registry and makes room again: `npm run full-disk`, as root on Linux (it mounts small file systems
 * in memory). All steps there are, in one go: a desk that boots, a list that comes in, an officer who works, a desk that is opened, a
 * registry's files, a registry's tables. Each must stop with `disk-full`, keep what it had, and go on by itself once there is room.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { databaseAccount } from '../src/registry/embedded/account.ts'
import { startCluster } from '../src/registry/embedded/cluster.ts'
import { startRegistry } from '../src/registry/start.ts'
import { furnish } from '../test/registry/furnishedDatabase.ts'
import { imei, TestDesk } from '../test/registry/testDesk.ts'
import { type Disk, smallFileSystem } from '../test/sync/fullDisk/smallDisk.ts'
import { deskSteps, openOn, registrySteps, type See } from '../test/sync/fullDisk/steps.ts'

const folder = mkdtempSync(join(tmpdir(), 'tamga-full-'))
chmodSync(folder, 0o755)
const mounted: string[] = []

function smallDisk(name: string, bytes: number): Disk {
  const disk = smallFileSystem(join(folder, name), bytes)
  mounted.push(disk.path)
  return disk
}

let failed = 0
const see: See = (step, found, wanted) => {
  const right = JSON.stringify(found) === JSON.stringify(wanted)
  if (!right) failed++
  console.log(`${right ? 'ok    ' : 'WRONG '} ${step}: ${JSON.stringify(found)}`)
}
const rows = (first: number, count: number) => Array.from({ length: count }, (_, i) => imei(first + i))

/** Takes the room from the tables of a registry while a list is committed. */
async function tableSteps(tables: Disk, registry: string, wire: TestDesk): Promise<void> {
  const batch = await wire.batch({ kind: 'customs', imeis: rows(300_000, 60_000) })
  tables.fill(1e6)
  const command = await wire.command('importer', 'commit-batch', batch)
  const answer = await wire.sendCommand(command)
  const { problem } = answer.body as { problem?: { code: string } }
  see('a registry without room for rows refuses', [answer.status, problem?.code], [507, 'disk-full'])
  see('and has told nothing', (await wire.hello()).head, (await wire.feed()).length)
  tables.room()
  see('with room it does the same command', (await wire.sendCommand(command)).status, 200)
  const desk = await openOn(join(folder, 'second'), registry)
  await desk.call('sync', {})
  see('and a desk gets it whole', (await desk.call('verify', {})).value?.cache.equal, true)
  await desk.stop()
}

try {
  const cluster = await startCluster(join(folder, 'postgres'))
  const account = await databaseAccount()
  const tables = smallDisk('tables', 60e6)
  const space = join(tables.path, 'space')
  mkdirSync(space)
  if (account) for (const path of [tables.path, space]) chownSync(path, account.uid, account.gid)
  await createDatabase(cluster.url('postgres'), 'tamga')
  const admin = new pg.Client({ connectionString: cluster.url('postgres') })
  await admin.connect()
  await admin.query(`CREATE TABLESPACE small LOCATION '${space}'`)
  await admin.query('ALTER DATABASE tamga SET TABLESPACE small')
  await admin.end()
  const files = smallDisk('data', 60e6)
  await furnish(cluster.url('tamga'))
  const registry = await startRegistry({ data: files.path, database: cluster.url('tamga'), log: 'silent' })
  const wire = await TestDesk.enrolled(registry)
  await wire.imports({ kind: 'operator', imeis: rows(0, 60_000), date: '2025-12-20' })
  await registry.buildSnapshot()

  await deskSteps(smallDisk('home', 60e6), registry.url, wire, see)
  await registrySteps(files, wire, see)
  await tableSteps(tables, registry.url, wire)
  await registry.stop()
  await cluster.stop()
} finally {
  for (const path of mounted.reverse()) execFileSync('umount', ['-l', path])
  rmSync(folder, { recursive: true, force: true })
}
console.log(failed === 0 ? '\nall as it should be' : `\n${failed} wrong`)
process.exit(failed === 0 ? 0 : 1)
