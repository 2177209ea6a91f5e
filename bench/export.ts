/**
 * Exports over the figures of October 2025: 127,682 black and 886,003 grey IMEIs in an encrypted cache.
 *   node bench/export.ts [--black 127682] [--grey 886003] [--dossiers 1000000]
 * The cache is filled in one process; each list is written by a process of its own, as a desk would that was started for it, and its memory told against
 * 300 MB. Each is given in seconds (clock and CPU) and as a ratio to writing the same black list as bare text, in the same run; the policy
 * over dossiers against its limit (2 s a million).
 */
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { KEYS_KEPT_UP_TO } from '../src/contract/registry/snapshot.ts'
import { DEFAULT_POLICY } from '../src/domain/defaultPolicy.ts'
import { FACT_KINDS, type Fact } from '../src/domain/fact.ts'
import { imei15Text } from '../src/domain/imei.ts'
import { STANDARD_TEMPLATE } from '../src/domain/operatorFile.ts'
import { listingOf } from '../src/domain/policy.ts'
import type { SqlValue } from '../src/engine/db/handle.ts'
import { type Home, openHome } from '../src/engine/db/home.ts'
import { putLists, type Said } from '../src/engine/db/listWriter.ts'
import { writeOperatorFile } from '../src/engine/export/operatorFile.ts'
import { relistChunk } from '../src/engine/sync/relist.ts'

const { values } = parseArgs({
  options: {
    black: { type: 'string', default: '127682' },
    grey: { type: 'string', default: '886003' },
    dossiers: { type: 'string', default: '1000000' },
    /** A folder that holds a filled home: only write the black list from it, and tell what that took. */
    from: { type: 'string' },
    base: { type: 'string' },
  },
})
const black = Number(values.black)
const grey = Number(values.grey)
const folder = values.from ?? mkdtempSync(join(tmpdir(), 'tamga-export-bench-'))
const TACS = 800
const { signal } = new AbortController()

/** Ascending IMEIs over some hundred models; every eighth (as many as asked) is black. */
function* imeis(): Generator<{ imei14: number; isBlack: boolean; date: string }> {
  let blackLeft = black
  const all = black + grey
  for (let i = 0; i < all; i++) {
    const tac = 35_000_000 + Math.floor((i * TACS) / all)
    const isBlack = blackLeft > 0 && (i % 8 === 0 || all - i <= blackLeft)
    if (isBlack) blackLeft--
    yield {
      imei14: tac * 1_000_000 + (i % 1_000_000),
      isBlack,
      date: `2025-${String(1 + (i % 10)).padStart(2, '0')}-15`,
    }
  }
}

function fill(home: Home): void {
  home.cache.write((tx) => {
    const at = '2025-10-31T06:00:00.000Z'
    for (const [no, kind] of [
      [1, 'stolen'],
      [2, 'operator'],
    ] as const)
      tx.run(
        `INSERT INTO batch(no, id, kind, source, full, letter, file, content, counts, effect, rows, segments, by, desk, command,
           signed_by, state, seq, at, added_seq) VALUES (?, ?, ?, 'srfs', 0, '', '', '', '{}', '{}', 0, '[]', '', '', '', '[]', 'committed', ?, ?, ?)`,
        no,
        String(no),
        kind,
        no,
        at,
        no,
      )
    for (let month = 1; month <= 10; month++)
      for (const no of [1, 2])
        tx.run(
          'INSERT INTO doc(batch, no, op, date, network, data) VALUES (?, ?, ?, ?, NULL, ?)',
          no,
          month,
          'add',
          `2025-${String(month).padStart(2, '0')}-15`,
          '{}',
        )
    tx.insertSorted('fact', ['imei14', 'batch', 'doc', 'next'], facts())
    putLists(tx, listings())
    for (const seq of [1, 2, 3]) tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', seq, at)
    tx.run('INSERT INTO policy(version, from_seq, doc) VALUES (1, 1, ?)', JSON.stringify(DEFAULT_POLICY))
    tx.run('UPDATE cursor SET seq = 3, head = 3, at = ? WHERE id = 1', at)
  })
}

function* facts(): Generator<readonly SqlValue[]> {
  for (const { imei14, isBlack, date } of imeis()) yield [imei14, isBlack ? 1 : 2, Number(date.slice(5, 7)), 0]
}

function* listings(): Generator<Said & { imei14: number }> {
  const none = { operator: null, region: null, importer: null }
  for (const { imei14, isBlack, date: since } of imeis())
    yield isBlack
      ? { imei14, list: 'black', reason: 'stolen', since, deadline: null, ...none }
      : { imei14, list: 'grey', reason: 'not-confirmed', since, deadline: '2025-12-01', ...none }
}

/** Grey IMEIs that a new list reports stolen. */
function* greyStolen(count: number): Generator<number> {
  for (const { imei14, isBlack } of imeis()) if (!isBlack && count-- > 0) yield imei14
}

/** A batch with its rows, and the note that its listings are to be merged. */
function addBatch(home: Home, no: number, seq: number, keys: Iterable<number>): void {
  home.cache.write((tx) => {
    const rows = function* (): Generator<readonly SqlValue[]> {
      for (const imei14 of keys) yield [imei14, no, 1, 0]
    }
    const count = tx.insertSorted('fact', ['imei14', 'batch', 'doc', 'next'], rows())
    const at = '2025-11-01T06:00:00.000Z'
    tx.run(
      `INSERT INTO batch(no, id, kind, source, full, letter, file, content, counts, effect, rows, segments, by, desk, command,
         signed_by, state, seq, at, added_seq) VALUES (?, ?, ?, 'srfs', 0, '', '', '', '{}', '{}', ?, '[]', '', '', '', '[]', 'committed', ?, ?, ?)`,
      ...[no, String(no), 'stolen', count, seq, at, seq],
    )
    tx.run(`INSERT INTO doc(batch, no, op, date, network, data) VALUES (?, 1, 'add', '2025-10-30', NULL, '{}')`, no)
    if (count <= KEYS_KEPT_UP_TO)
      tx.run('INSERT INTO batch_imei(batch, imei14) SELECT batch, imei14 FROM fact WHERE batch = ?', no)
    tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', seq, at)
    tx.run('INSERT INTO relist(seq, batch, after) VALUES (?, ?, -1)', seq, no)
    tx.run('UPDATE cursor SET seq = ?, head = ? WHERE id = 1', seq, seq)
  })
}

/** Brings the stored lists up to the facts, as the desk does it. */
async function merge(home: Home): Promise<void> {
  while (relistChunk(home.cache) !== null) await new Promise(setImmediate)
}

/** Dossiers of one to four facts of all kinds. */
function* dossiersOf(count: number): Generator<Fact[]> {
  const fact = (i: number): Fact => ({
    kind: FACT_KINDS[(i * 7) % FACT_KINDS.length] ?? 'seen',
    op: i % 11 === 0 ? 'remove' : 'add',
    source: i % 3 === 0 ? 'police' : 'kcell',
    date: `2025-${String(1 + (i % 12)).padStart(2, '0')}-10`,
    batch: 'b',
    seq: i % 100,
  })
  const seen = (i: number): Fact => ({ ...fact(i), kind: 'seen', op: 'add', source: 'kcell' })
  for (let i = 0; i < count; i++) yield [seen(i), ...Array.from({ length: i % 4 }, (_, n) => fact(i + n))]
}

const writeFile = (cache: Parameters<typeof writeOperatorFile>[0], base: number | null) =>
  writeOperatorFile(
    cache,
    {
      operator: 'kcell',
      list: 'black',
      base,
      template: STANDARD_TEMPLATE,
      folder: join(folder, 'out'),
      created: '2025-11-01T00:00:00.000Z',
    },
    { signal, progress: () => undefined },
    async () => null,
  )

interface Time {
  readonly wall: number
  /** CPU of the whole process; says more than the clock on a busy machine. */
  readonly cpu: number
}

async function timed(work: () => unknown): Promise<Time> {
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
}

const mostMemory = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

const KEY = 'ab'.repeat(32)
const LIMIT_MB = 300

interface Written extends Time {
  readonly rows: number
  /** Most memory of the process in MB, before the list was written and at its end. */
  readonly opened: number
  readonly most: number
}

/** Writes the black list in this process, which does nothing else. */
async function writeHere(base: number | null): Promise<Written> {
  const home = openHome(join(folder, 'home'), KEY, [])
  const cache = home.cache.openSnapshot()
  const opened = mostMemory()
  let rows = 0
  const time = await timed(async () => {
    rows = (await writeFile(cache, base)).manifest.rows
  })
  cache.close()
  home.close()
  return { ...time, rows, opened, most: mostMemory() }
}

function writeApart(base: number | null): Written {
  const asked = base === null ? [] : ['--base', String(base)]
  const script = [fileURLToPath(import.meta.url), '--from', folder, ...asked]
  const { stdout, stderr, status } = spawnSync(process.execPath, script, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

const inHome = async (work: (home: Home) => unknown): Promise<void> => {
  const home = openHome(join(folder, 'home'), KEY, [])
  try {
    await work(home)
  } finally {
    home.close()
  }
}

async function all(): Promise<void> {
  const seconds: [string, Time][] = []
  const memory: string[] = []
  const apart = (name: string, written: Written): void => {
    seconds.push([name, written])
    memory.push(
      `${name}: ${written.most} MB at most, ${written.opened} before it began, ${(written.most / LIMIT_MB).toFixed(2)} × the limit of ${LIMIT_MB}`,
    )
  }
  await inHome(async (home) => seconds.push(['filling the cache', await timed(() => fill(home))]))
  const bare = await timed(() => {
    let text = 'imei,reason,since\n'
    for (const { imei14, isBlack, date } of imeis()) {
      if (isBlack) text += `${imei15Text(imei14)},stolen,${date}\n`
      if (text.length < 1e6) continue
      appendFileSync(join(folder, 'bare.csv'), text)
      text = ''
    }
    appendFileSync(join(folder, 'bare.csv'), text)
  })
  seconds.push(['black list as bare text, no database', bare])
  mkdirSync(join(folder, 'out'))
  apart(`operator's black list, ${black} rows, with manifest`, writeApart(null))
  if (grey > 0) {
    await inHome((home) => {
      addBatch(home, 3, 4, greyStolen(10_000))
      return merge(home)
    })
    apart(`change of ${Math.min(10_000, grey)} since the list before`, writeApart(3))
  }
  const count = Number(values.dossiers)
  const dossiers = [...dossiersOf(Math.min(count, 100_000))]
  const judged = await timed(() => {
    for (let done = 0; done < count; done += dossiers.length)
      for (const facts of dossiers) listingOf(facts, DEFAULT_POLICY)
  })
  seconds.push([`policy over ${count} dossiers, one thread`, judged])
  console.log('| | wall s | CPU s | × bare text (CPU) |\n|---|---|---|---|')
  for (const [name, { wall, cpu }] of seconds)
    console.log(`| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${(cpu / bare.cpu).toFixed(1)} |`)
  console.log(`\n${memory.join('\n')}`)
}

if (values.from) console.log(JSON.stringify(await writeHere(values.base === undefined ? null : Number(values.base))))
else {
  try {
    await all()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
