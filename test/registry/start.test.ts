import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProblemError } from '../../src/domain/problem.ts'
import { clusterFolder } from '../../src/registry/embedded/reach.ts'
import { startRegistry } from '../../src/registry/start.ts'
import { freshDatabase } from './furnishedDatabase.ts'
import { receive } from './testAppeal.ts'
import { TestDesk } from './testDesk.ts'
import { testRegistry } from './testRegistry.ts'

let home: string
const children: ChildProcess[] = []
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tamga-start-'))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(home, { recursive: true, force: true })
})

const problemOf = (starting: Promise<unknown>) =>
  starting.then(
    () => 'started',
    (e: unknown) => (e instanceof ProblemError ? e.problem.code : String(e)),
  )

/** The registry as its own process; answers its first line. */
async function command(
  ...args: string[]
): Promise<{ child: ChildProcess; line: { url: string; problem?: { code: string } } }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/cli/registry.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.push(child)
  let text = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    text += chunk
    if (text.includes('\n')) return { child, line: JSON.parse(text) }
  }
  throw new Error(`the registry said nothing: ${text}`)
}

const ended = async (child: ChildProcess) => (child.exitCode !== null ? [child.exitCode] : await once(child, 'exit'))

test('a database written by a later registry is refused and left alone', async () => {
  const database = await freshDatabase()
  const first = await startRegistry({ data: home, database, log: 'silent' })
  await first.stop()
  const { Database } = await import('../../src/registry/db/pool.ts')
  const db = new Database(database, () => undefined)
  await db.run('INSERT INTO schema_version (version) VALUES (9999)')
  await db.close()
  expect(await problemOf(startRegistry({ data: home, database, log: 'silent' }))).toBe('schema-newer')
})

test('several registries may start on an empty database at once and serve the same log', async () => {
  const database = await freshDatabase()
  const started = await Promise.all(
    Array.from({ length: 3 }, () => startRegistry({ data: home, database, log: 'silent' })),
  )
  const hellos = await Promise.all(started.map(async (r) => (await fetch(`${r.url}/v1/hello`)).json()))
  expect(new Set(hellos.map((h) => `${h.epoch} ${h.head}`)).size).toBe(1)
  for (const r of started) await r.stop()
})

test('a port that is taken is a problem with its number', async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as { port: number }
  const database = await freshDatabase()
  const starting = startRegistry({ data: home, database, port, log: 'silent' })
  await expect(starting).rejects.toMatchObject({ problem: { code: 'port-taken', details: { port } } })
  squatter.close()
})

test('the log of a registry goes on after a restart', async () => {
  const registry = await testRegistry()
  const desk = await TestDesk.enrolled(registry)
  await receive(desk, { imeis: ['860123040000018'] })
  const before = [await desk.hello(), await desk.feed()] as const
  await registry.restart()
  expect((await desk.hello()).epoch).toBe(before[0].epoch)
  expect(await desk.feed()).toEqual(before[1])
  await registry.stop()
})

test('a registry killed with its database loses nothing it acknowledged, and starts again beside what is left of it', async () => {
  const data = join(home, 'embedded')
  const first = await command('--data', data, '--sample', 'small')
  const desk = new TestDesk({ url: first.line.url })
  const acknowledged: string[] = []
  // killed in the middle of an answer, so that the last request is known to nobody
  await expect(
    (async () => {
      for (;;) {
        acknowledged.push(await receive(desk, { imeis: [`8601230400${String(1000 + acknowledged.length)}0`] }))
        if (acknowledged.length === 20) setImmediate(() => first.child.kill('SIGKILL'))
      }
    })(),
  ).rejects.toThrow()
  expect(acknowledged.length).toBeGreaterThanOrEqual(20)
  const second = await command('--data', data)
  expect(second.line.url).toBeDefined()
  const { Database } = await import('../../src/registry/db/pool.ts')
  second.child.kill('SIGTERM')
  expect((await ended(second.child))[0]).toBe(0)
  const { startCluster } = await import('../../src/registry/embedded/cluster.ts')
  const cluster = await startCluster(data)
  const db = new Database(cluster.url('tamga'), () => undefined)
  const stored = (await db.all<{ id: string }>('SELECT id FROM appeal ORDER BY id')).map((r) => r.id)
  const events = await db.all<{ seq: number }>('SELECT seq FROM event ORDER BY seq')
  await db.close()
  await cluster.stop()
  expect(stored).toEqual(expect.arrayContaining(acknowledged))
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1))
})

test('a second registry on the same folder is told who holds it', async () => {
  const data = join(home, 'held')
  const first = await command('--data', data)
  expect(await problemOf(startRegistry({ data, log: 'silent' }))).toBe('home-in-use')
  const second = await command('--data', data)
  expect(second.line.problem?.code).toBe('home-in-use')
  expect((await ended(second.child))[0]).toBe(1)
  first.child.kill('SIGINT')
  expect((await ended(first.child))[0]).toBe(0)
})

test('wrong options end with 2 and the usage', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../src/cli/registry.ts'), '--port', 'many'])
  expect((await once(child, 'exit'))[0]).toBe(2)
})

test('a database that was copied without its owner is refused, not replaced by an empty one', async () => {
  const data = await mkdtemp(join(tmpdir(), 'tamga-copied-'))
  await mkdir(join(data, 'postgres'), { mode: 0o700 })
  await writeFile(join(data, 'postgres', 'PG_VERSION'), '17\n')
  const nobodyHere = { uid: 54_321, gid: 54_321 }
  expect(await problemOf(clusterFolder(data, nobodyHere))).toBe('database-out-of-reach')
  expect(await readdir(data)).toEqual(['postgres'])
  await rm(data, { recursive: true })
})

test('a registry whose database is gone says so and does not begin an empty one', async () => {
  const data = await mkdtemp(join(tmpdir(), 'tamga-gone-'))
  await writeFile(join(data, 'postgres.password'), 'kept')
  expect(await problemOf(startRegistry({ data, log: 'silent' }))).toBe('database-missing')
  expect((await readdir(data)).sort()).toEqual(['postgres.password'])
  await rm(data, { recursive: true })
})

test.runIf(process.getuid?.() === 0)(
  'as root, a database under a closed folder lies where its user can reach it',
  async () => {
    const closed = await mkdtemp(join(tmpdir(), 'tamga-closed-'))
    expect((await stat(closed)).mode & 0o077).toBe(0)
    const account = { uid: 101, gid: 104 }
    const folder = await clusterFolder(join(closed, 'data'), account)
    expect(folder).toMatch(/^\/var\/lib\/tamga\/[0-9a-f]{16}\/postgres$/)
    expect(await clusterFolder(join(closed, 'data'), account)).toBe(folder)
    // a temporary folder that is gone takes its database with it at the next start
    await rm(closed, { recursive: true })
    const other = await mkdtemp(join(tmpdir(), 'tamga-closed-'))
    const next = await clusterFolder(join(other, 'data'), account)
    await expect(stat(join(folder, '..'))).rejects.toThrow('ENOENT')
    await rm(other, { recursive: true })
    await rm(join(next, '..'), { recursive: true })
  },
)
