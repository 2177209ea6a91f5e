/**
 * Tries the cluster of deploy/: three machines, each with etcd and PostgreSQL under Patroni, and HAProxy on this machine; four desks work through two
 * registry processes, the leader is killed again and again, and afterwards everything acknowledged must be there once.
 * `deploy/patroni/try.sh [kills]`; needs Debian's postgresql, patroni, python3-etcd, etcd-server and haproxy, and root or user postgres.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { databaseAccount } from '../src/registry/embedded/account.ts'
import { Random } from '../src/sample/random.ts'
import { furnish } from '../test/registry/furnishedDatabase.ts'
import { imei, TestDesk } from '../test/registry/testDesk.ts'
import { fileAppeal } from '../test/sync/appealOf.ts'
import { DeskAtWork } from '../test/sync/faults/deskAtWork.ts'
import { reckon } from '../test/sync/faults/reckoning.ts'
import { freePort, RegistryProcess } from '../test/sync/faults/registryProcess.ts'

const KILLS = Number(process.argv[2] ?? 3)
const NODES = ['one', 'two', 'three'] as const
const DEPLOY = join(import.meta.dirname, '../deploy')
const folder = mkdtempSync(join(tmpdir(), 'tamga-patroni-'))
const account = await databaseAccount()
const children = new Map<string, ChildProcess>()
const log = join(folder, 'log')
mkdirSync(log)

function own(path: string): string {
  if (account) chownSync(path, account.uid, account.gid)
  return path
}
own(folder)
own(log)

/** Starts a program of the cluster as the database's user, in a process group of its own. */
function begin(name: string, program: string, args: readonly string[]): void {
  const child = spawn(program, args, {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: `${process.env.PATH}:/usr/sbin`, LC_ALL: 'C.UTF-8', HOME: folder },
  })
  const write = (piece: Buffer): void => appendFileSync(join(log, `${name}.log`), piece)
  child.stdout?.on('data', write)
  child.stderr?.on('data', write)
  children.set(name, child)
}

async function end(name: string, signal: NodeJS.Signals): Promise<void> {
  const child = children.get(name)
  children.delete(name)
  if (!child?.pid || child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, signal)
  await ended
}

const filled = (file: string, words: Record<string, string | number>): string =>
  readFileSync(join(DEPLOY, file), 'utf8').replaceAll(/\$([A-Z_]+)/g, (_, word: string) => {
    if (words[word] === undefined) throw new Error(`${file}: nothing for ${word}`)
    return String(words[word])
  })

async function until(what: string, holds: () => Promise<boolean>, seconds = 120): Promise<void> {
  for (const end = Date.now() + seconds * 1000; ; await pause(100)) {
    if (await holds().catch(() => false)) return
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s; logs in ${log}`)
  }
}

const newestPostgres = (): string => {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const [newest] = versions.sort((a, b) => Number(b) - Number(a))
  if (!newest) throw new Error('no PostgreSQL of Debian: apt-get install postgresql')
  return `/usr/lib/postgresql/${newest}/bin`
}

interface Member {
  readonly name: string
  readonly port: number
  readonly api: number
  readonly data: string
}

const password = randomBytes(12).toString('hex')
/** A member of etcd on each machine: what kills a machine kills it too. */
const etcds = await Promise.all(
  NODES.map(async (name) => ({ name: `etcd-${name}`, client: await freePort(), peer: await freePort() })),
)
const local = (port: number): string => `http://127.0.0.1:${port}`
function startEtcd(machine: string): void {
  const one = etcds.find(({ name }) => name === `etcd-${machine}`)
  if (!one) throw new Error(`no etcd for ${machine}`)
  const settings = {
    name: one.name,
    'data-dir': join(folder, one.name),
    'listen-client-urls': local(one.client),
    'advertise-client-urls': local(one.client),
    'listen-peer-urls': local(one.peer),
    'initial-advertise-peer-urls': local(one.peer),
    'initial-cluster': etcds.map(({ name, peer }) => `${name}=${local(peer)}`).join(','),
  }
  begin(
    one.name,
    'etcd',
    Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
  )
}

const members: Member[] = []
for (const name of NODES)
  members.push({ name, port: await freePort(), api: await freePort(), data: join(folder, `data-${name}`) })
const startNode = ({ name }: Member): void => {
  startEtcd(name)
  begin(name, 'patroni', [join(folder, `${name}.yml`)])
}
for (const member of members) {
  const { name, port, api, data } = member
  const sockets = join(folder, `socket-${name}`)
  mkdirSync(sockets)
  own(sockets)
  const words = {
    ...{
      NAME: name,
      ETCD: etcds.map(({ client }) => `127.0.0.1:${client}`).join(','),
      ADDRESS: '127.0.0.1',
      NETWORK: '127.0.0.1/32',
      API_PORT: api,
      PORT: port,
    },
    ...{ DATA: data, BIN: newestPostgres(), SOCKETS: sockets, SHARED_BUFFERS: '64MB' },
    ...{ SUPERUSER_PASSWORD: password, REPLICATION_PASSWORD: password, REWIND_PASSWORD: password },
  }
  writeFileSync(join(folder, `${name}.yml`), filled('patroni/patroni.yml', words))
  own(join(folder, `${name}.yml`))
}

/** Ends a machine as a power cut does: Patroni, its member of etcd and PostgreSQL, which runs in a session of its own. */
async function killNode({ name, data }: Member): Promise<void> {
  await end(name, 'SIGKILL')
  await end(`etcd-${name}`, 'SIGKILL')
  const file = join(data, 'postmaster.pid')
  const postmaster = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
  if (postmaster > 0) process.kill(postmaster, 'SIGKILL')
}

const leader = async (): Promise<Member | null> => {
  for (const member of members) {
    const answer = await fetch(`http://127.0.0.1:${member.api}/primary`).catch(() => null)
    if (answer?.status === 200) return member
  }
  return null
}
/** Standbys that the leader waits for. */
const synchronous = async (): Promise<number> => {
  let count = 0
  for (const { api } of members) {
    const answer = await fetch(`http://127.0.0.1:${api}/synchronous`).catch(() => null)
    if (answer?.status === 200) count++
  }
  return count
}

const said = (text: string): void => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`)
/** Acts a second that each desk may do: while there is no leader its outbox fills, and goes out one by one. */
const PACE = { atWork: 3, meanwhile: 1 }
const desks: DeskAtWork[] = []
let pace = PACE.atWork
const leave = setInterval(() => {
  for (const desk of desks) desk.allow(pace)
}, 1_000)
/** Does a part of the trial and tells how long it took. */
const timed = async (what: string, work: () => Promise<void>): Promise<void> => {
  const begun = performance.now()
  await work()
  said(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
}
const registries: RegistryProcess[] = []
try {
  for (const member of members) startNode(member)
  await until(
    'a leader with a synchronous standby',
    async () => (await leader()) !== null && (await synchronous()) > 0,
    180,
  )
  await until('three nodes', async () => {
    const answer = await fetch(`http://127.0.0.1:${members[0]?.api}/cluster`)
    const { members: list } = (await answer.json()) as { members: { state: string }[] }
    return list.length === 3 && list.every((m) => ['running', 'streaming'].includes(m.state))
  })
  said(`three nodes run, the leader is ${(await leader())?.name}, ${await synchronous()} synchronous standby`)

  const ports = { primary: await freePort(), replica: await freePort() }
  const nodes = Object.fromEntries(
    members.flatMap(({ name, port, api }) => [
      [name.toUpperCase(), `127.0.0.1:${port}`],
      [`${name.toUpperCase()}_API`, api],
    ]),
  )
  const haproxy = join(folder, 'haproxy.cfg')
  writeFileSync(
    haproxy,
    filled('haproxy/haproxy.cfg', {
      ...nodes,
      ADDRESS: '127.0.0.1',
      PRIMARY_PORT: ports.primary,
      REPLICA_PORT: ports.replica,
    }),
  )
  own(haproxy)
  begin('haproxy', 'haproxy', ['-db', '-f', haproxy])
  const url = (port: number, database = 'tamga') => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
  await until('HAProxy leads to the leader', async () => {
    // until its first checks are over HAProxy takes every node for one that leads
    for (let i = 0; i < 10; i++) {
      const client = new pg.Client({ connectionString: url(ports.primary, 'postgres') })
      client.on('error', () => undefined)
      await client.connect()
      const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby')
      await client.end()
      if (rows[0]?.standby) return false
    }
    return true
  })
  await createDatabase(url(ports.primary, 'postgres'), 'tamga')
  await furnish(url(ports.primary))

  // the registry's files stand on a disk that both processes see
  const data = join(folder, 'registry')
  for (let i = 0; i < 2; i++)
    registries.push(
      await RegistryProcess.start({
        database: url(ports.primary),
        data,
        port: await freePort(),
        more: ['--read', url(ports.replica)],
        log: (text) => appendFileSync(join(log, `registry${i}.log`), text),
      }),
    )
  const [first, second] = registries as [RegistryProcess, RegistryProcess]
  const wire = await TestDesk.enrolled(first)
  const appeals: string[] = []
  for (let i = 0; i < 12; i++) appeals.push((await fileAppeal(wire, imei(i))).id)
  const random = new Random('patroni')
  for (const [i, officer] of (['importer', 'importer', 'reviewer', 'reviewer2'] as const).entries())
    desks.push(
      new DeskAtWork(
        i,
        officer,
        (i % 2 === 0 ? first : second).url,
        { folder, appeals, log: () => undefined, waitsForLeave: true },
        random.fork(`desk ${i}`),
      ),
    )
  for (const desk of desks) await desk.start()
  for (const desk of desks) desk.begin()
  const answered = (): number => desks.reduce((sum, desk) => sum + desk.answered, 0)

  for (let kill = 1; kill <= KILLS; kill++) {
    const before = answered()
    pace = PACE.atWork
    await until('desks work', async () => answered() > before + 25)
    const old = await leader()
    if (!old) throw new Error('no leader')
    const killed = Date.now()
    await killNode(old)
    await until('another leader', async () => ![null, old.name].includes((await leader())?.name ?? null))
    const elected = (Date.now() - killed) / 1000
    await until(
      'a write after the failover',
      async () => (await wire.answerOf('admin', 'claim-appeal', { appeal: null })).status !== undefined,
    )
    const writes = (Date.now() - killed) / 1000
    said(
      `kill ${kill}: ${old.name} killed, ${(await leader())?.name} leads after ${elected.toFixed(1)} s, writes go on after ${writes.toFixed(1)} s`,
    )
    pace = PACE.meanwhile
    startNode(old)
    await timed('the old leader follows', async () => {
      await until('a synchronous standby again', async () => (await synchronous()) > 0)
      await until(
        'the old leader follows',
        async () => (await fetch(`http://127.0.0.1:${old.api}/replica`)).status === 200,
      )
    })
  }

  await timed(`the desks rest after ${answered()} acts`, async () => {
    await Promise.all(desks.map((desk) => desk.rest()))
  })
  for (const [i, desk] of desks.entries()) {
    await timed(`desk ${i} has sent everything`, () =>
      until('everything is sent', async () => (await desk.process.client.call('sync', {})).pending === 0),
    )
    await timed(`desk ${i} is compared`, async () => {
      const { cache, audit } = await desk.process.client.call('verify', {})
      if (!cache.equal || !audit.ok) throw new Error(`a mirror differs: ${JSON.stringify({ cache, audit })}`)
    })
  }
  for (const desk of desks) await desk.stop()
  const { body } = await wire.send('GET', '/metrics')
  const query = async <R extends object>(text: string): Promise<R[]> => {
    const client = new pg.Client({ connectionString: url(ports.primary) })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<R & pg.QueryResultRow>(text)).rows
    } finally {
      await client.end()
    }
  }
  const begun = performance.now()
  const outcome = await reckon(query, desks)
  said(`reckoned in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  said(
    `reads: ${[...String(body).matchAll(/tamga_reads_total\{from="(\w+)"\} (\d+)/g)].map(([, from, n]) => `${n} from the ${from}`).join(', ')}`,
  )
  said(`${KILLS} leaders killed, ${outcome.answered} commands answered, mirrors of 4 desks equal`)
  console.log(
    `lost ${outcome.lost}  doubled ${outcome.doubled}  gaps ${outcome.gaps}  half-applied ${outcome.halfApplied}`,
  )
  for (const loss of outcome.losses) said(loss)
  if (outcome.lost + outcome.doubled + outcome.gaps + outcome.halfApplied > 0) process.exitCode = 1
} finally {
  clearInterval(leave)
  for (const desk of desks) await desk.kill()
  for (const registry of registries) await registry.kill()
  for (const member of members) await killNode(member).catch((error: unknown) => said(String(error)))
  for (const name of [...children.keys()]) await end(name, 'SIGTERM')
  await pause(500)
  if (process.exitCode === undefined && !process.env.TAMGA_KEEP) rmSync(folder, { recursive: true, force: true })
  else said(`logs in ${log}`)
}
process.exit()
