/**
 * Exports over the figures of October 2025: 127,682 black and 886,003 grey IMEIs in an encrypted cache.
 *   node bench/export.ts [--black 127682] [--grey 886003] [--batch 1000000] [--dossiers 1000000]
 * Each is given in seconds (clock and CPU) and as a ratio to writing the same black list as bare text, in the same run; the policy over
 * dossiers and the stored lists after a large batch against their limits (2 s a million; 1.5 times the insert).
 */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
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
    batch: { type: 'string', default: '1000000' },
    dossiers: { type: 'string', default: '1000000' },
  },
})
const black = Number(values.black)
const grey = Number(values.grey)
const folder = mkdtempSync(join(tmpdir(), 'tamga-export-bench-'))
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

/** IMEIs nobody has seen before. */
function* fresh(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield 36_000_000_000_000 + i * 7
}

/** IMEIs between those of `fresh`, every third of which is one of them; the others `beside` it. */
function* thirdKnown(count: number, beside: number): Generator<number> {
  for (let i = 0; i < count; i++) yield 36_000_000_000_000 + i * 7 + (i % 3 === 0 ? 0 : beside)
}

/** A batch with its rows, and the note that its listings are to be merged. */
function addBatch(home: Home, no: number, seq: number, keys: Iterable<number>, day = '2025-10-30'): void {
  const kind = no === 3 ? 'stolen' : 'operator'
  home.cache.write((tx) => {
    const rows = function* (): Generator<readonly SqlValue[]> {
      for (const imei14 of keys) yield [imei14, no, 1, 0]
    }
    const count = tx.insertSorted('fact', ['imei14', 'batch', 'doc', 'next'], rows())
    const at = '2025-11-01T06:00:00.000Z'
    tx.run(
      `INSERT INTO batch(no, id, kind, source, full, letter, file, content, counts, effect, rows, segments, by, desk, command,
         signed_by, state, seq, at, added_seq) VALUES (?, ?, ?, 'srfs', 0, '', '', '', '{}', '{}', ?, '[]', '', '', '', '[]', 'committed', ?, ?, ?)`,
      ...[no, String(no), kind, count, seq, at, seq],
    )
    tx.run(`INSERT INTO doc(batch, no, op, date, network, data) VALUES (?, 1, 'add', ?, NULL, '{}')`, no, day)
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

try {
  const home = openHome(join(folder, 'home'), 'ab'.repeat(32), [])
  const seconds: [string, Time][] = [['filling the cache', await timed(() => fill(home))]]
  const cache = home.cache.openReader()
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
  const filled = mostMemory()
  seconds.push([`operator's black list, ${black} rows, with manifest`, await timed(() => writeFile(cache, null))])
  const listed = mostMemory()
  addBatch(home, 3, 4, greyStolen(10_000))
  while (relistChunk(home.cache) !== null);
  const moved = home.cache.openReader()
  seconds.push([`change of ${Math.min(10_000, grey)} since the list before`, await timed(() => writeFile(moved, 3))])
  moved.close()
  const large = Number(values.batch)
  const inserted = await timed(() => addBatch(home, 4, 5, fresh(large)))
  const relisted = await timed(() => merge(home))
  seconds.push([`insert of a batch of ${large}`, inserted], [`its stored lists`, relisted])
  for (const [no, day, says] of [
    [5, '2025-10-31', 'seen later, nothing of it changes'],
    [6, '2025-10-01', 'seen earlier, all of it changes'],
  ] as const) {
    const between = await timed(() => addBatch(home, no, no + 1, thirdKnown(large, no), day))
    const merged = await timed(() => merge(home))
    seconds.push([`insert of ${large} between those, a third of them known`, between])
    seconds.push([`its stored lists, what is known: ${says}`, merged])
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
  console.log(`\nmost memory in MB: ${filled} before the list was written, ${listed} after, ${mostMemory()} at the end`)
  cache.close()
  home.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
