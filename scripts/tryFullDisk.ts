/**
 * Fills the disk of a desk and of a registry and makes room again: `npm run full-disk`, as root on Linux (it mounts small file systems
 * in memory). A desk is filled while it boots and while a list comes in, a registry in its blobs and in its database. Each must stop
 * with `disk-full`, keep what it had, and go on by itself once there is room.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Input, type Output, perform } from '../src/contract/call.ts'
import { ENGINE_CALLS, type EngineContract } from '../src/contract/engine.ts'
import { openDesk } from '../src/engine/openDesk.ts'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { databaseAccount } from '../src/registry/embedded/account.ts'
import { startCluster } from '../src/registry/embedded/cluster.ts'
import { startRegistry } from '../src/registry/start.ts'
import { furnish } from '../test/registry/furnishedDatabase.ts'
import { imei, TestDesk } from '../test/registry/testDesk.ts'

const MB = 1_000_000
const folder = mkdtempSync(join(tmpdir(), 'tamga-full-'))
chmodSync(folder, 0o755)
const mounted: string[] = []

/** A file system in memory of so many MB. */
function smallDisk(name: string, megabytes: number): string {
  const path = join(folder, name)
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  mounted.push(path)
  return path
}
/** Leaves so many MB free. */
function fill(path: string, free: number): string {
  const { bavail, bsize } = statfsSync(path)
  const ballast = join(path, 'ballast')
  writeFileSync(ballast, Buffer.alloc(Math.max(0, Math.round(bavail * bsize - free * MB))))
  return ballast
}

let failed = 0
function expect(what: string, found: unknown, wanted: unknown): void {
  const right = JSON.stringify(found) === JSON.stringify(wanted)
  if (!right) failed++
  console.log(`${right ? 'ok    ' : 'WRONG '} ${what}: ${JSON.stringify(found)}`)
}

async function desk(home: string, registry: string) {
  const opened = await openDesk({
    home,
    keyHex: 'e5'.repeat(32),
    registry,
    now: () => new Date().toISOString(),
    live: false,
    log: { info: () => undefined, error: (text, error) => console.error(text, error) },
  })
  const call = async <K extends keyof EngineContract & string>(what: K, input: Input<EngineContract[K]>) => {
    const answer = await perform(ENGINE_CALLS, opened.handlers, what, input, (error) => {
      console.error(error)
      return ''
    })
    return answer.ok
      ? { problem: null, value: answer.value as Output<EngineContract[K]> }
      : { problem: answer.problem.code, value: null }
  }
  return { call, stop: () => opened.stop() }
}

const rows = (first: number, count: number) => Array.from({ length: count }, (_, i) => imei(first + i))

try {
  const cluster = await startCluster(join(folder, 'postgres'))
  const account = await databaseAccount()
  const tables = smallDisk('tables', 40)
  if (account) chownSync(tables, account.uid, account.gid)
  await createDatabase(cluster.url('postgres'), 'tamga')
  const admin = new pg.Client({ connectionString: cluster.url('postgres') })
  await admin.connect()
  const space = join(tables, 'space')
  mkdirSync(space)
  if (account) chownSync(space, account.uid, account.gid)
  await admin.query(`CREATE TABLESPACE small LOCATION '${space}'`)
  await admin.query('ALTER DATABASE tamga SET TABLESPACE small')
  await admin.end()
  const data = smallDisk('data', 60)
  await furnish(cluster.url('tamga'))
  const registry = await startRegistry({ data, database: cluster.url('tamga'), log: 'silent' })
  const wire = await TestDesk.enrolled(registry)
  await wire.imports({ kind: 'operator', imeis: rows(0, 60_000), date: '2025-12-20' })
  await registry.buildSnapshot()
  const { head } = await wire.hello()

  console.log('\na desk that boots')
  const home = smallDisk('home', 60)
  const first = await desk(home, registry.url)
  const early = fill(home, 0.5)
  expect('stops', (await first.call('sync', {})).problem, 'disk-full')
  expect('shows', (await first.call('status', {})).value?.problem?.code, 'disk-full')
  expect('has nothing half', (await first.call('status', {})).value?.seq, 0)
  rmSync(early)
  expect('goes on', (await first.call('sync', {})).value?.seq, head)
  expect('is whole', (await first.call('verify', {})).value?.cache.equal, true)

  console.log('\na desk while a list comes in')
  await wire.imports({ kind: 'customs', imeis: rows(100_000, 60_000) })
  const ballast = fill(home, 0.3)
  const before = (await first.call('status', {})).value?.seq
  expect('stops', (await first.call('sync', {})).problem, 'disk-full')
  expect('stays where it was', (await first.call('status', {})).value?.seq, before)
  expect('still answers', (await first.call('lookup', { imeis: ['860123040000007'] })).problem, null)
  rmSync(ballast)
  expect('goes on', (await first.call('sync', {})).value?.seq, (await wire.hello()).head)
  expect('is whole', (await first.call('verify', {})).value?.cache.equal, true)
  await first.stop()

  console.log('\na registry without room for files')
  const files = fill(data, 0.5)
  const put = async (bytes: Uint8Array) => wire.putBlob(bytes).then(() => 'taken', String)
  const scan = randomBytes(2 * MB)
  expect('refuses', /507.*disk-full/.test(await put(scan)), true)
  expect('answers', (await wire.send('GET', '/readyz')).status, 200)
  rmSync(files)
  // a refusal before the last byte ends the connection; what came before it stands, and a desk goes on behind it
  const next = randomBytes(2 * MB)
  const again = await put(next)
  expect('goes on', again.includes('fetch failed') ? await put(next) : again, 'taken')

  console.log('\na registry whose database has no room')
  const batch = await wire.batch({ kind: 'customs', imeis: rows(300_000, 60_000) })
  const space2 = fill(tables, 1)
  const command = await wire.command('importer', 'commit-batch', batch)
  const answer = await wire.sendCommand(command)
  expect('refuses', [answer.status, (answer.body as { problem?: { code: string } }).problem?.code], [507, 'disk-full'])
  expect('has told nothing', (await wire.hello()).head, (await wire.feed()).length)
  rmSync(space2)
  expect('does the same command', (await wire.sendCommand(command)).status, 200)
  const second = await desk(join(folder, 'second'), registry.url)
  await second.call('sync', {})
  expect('is whole', (await second.call('verify', {})).value?.cache.equal, true)
  await second.stop()
  await registry.stop()
  await cluster.stop()
} finally {
  for (const path of mounted.reverse()) execFileSync('umount', ['-l', path])
  rmSync(folder, { recursive: true, force: true })
}
console.log(failed === 0 ? '\nall as it should be' : `\n${failed} wrong`)
process.exit(failed === 0 ? 0 : 1)
