/**
 * Exports over the figures of October 2025: 127,682 black and 886,003 grey IMEIs in an encrypted cache.
 *   node bench/export.ts [--black 127682] [--grey 886003]
 * Each is given in seconds (clock and CPU) and as a ratio to writing the same black list as bare text, in the same run.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { DEFAULT_POLICY } from '../src/domain/defaultPolicy.ts'
import { imei15Text } from '../src/domain/imei.ts'
import type { SqlValue } from '../src/engine/db/handle.ts'
import { type Home, openHome } from '../src/engine/db/home.ts'
import { writeBlackList } from '../src/engine/export/operatorFile.ts'

const { values } = parseArgs({
  options: { black: { type: 'string', default: '127682' }, grey: { type: 'string', default: '886003' } },
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
    tx.insertSorted('listing', ['imei14', 'list', 'reason', 'since', 'deadline'], listings())
    for (const seq of [1, 2, 3]) tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', seq, at)
    tx.run('INSERT INTO policy(version, from_seq, doc) VALUES (1, 1, ?)', JSON.stringify(DEFAULT_POLICY))
    tx.run('UPDATE cursor SET seq = 3, head = 3, at = ? WHERE id = 1', at)
  })
}

function* facts(): Generator<readonly SqlValue[]> {
  for (const { imei14, isBlack, date } of imeis()) yield [imei14, isBlack ? 1 : 2, Number(date.slice(5, 7)), 0]
}

function* listings(): Generator<readonly SqlValue[]> {
  for (const { imei14, isBlack, date } of imeis())
    yield isBlack ? [imei14, 'black', 'stolen', date, null] : [imei14, 'grey', 'not-confirmed', date, '2025-12-01']
}

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

try {
  const home = openHome(join(folder, 'home'), 'ab'.repeat(32), [])
  const seconds: [string, Time][] = [['filling the cache', await timed(() => fill(home))]]
  const cache = home.cache.openReader()
  const job = { signal, progress: () => undefined }
  const bare = await timed(() => {
    const lines = ['imei,reason,since']
    for (const { imei14, isBlack, date } of imeis()) if (isBlack) lines.push(`${imei15Text(imei14)},stolen,${date}`)
    writeFileSync(join(folder, 'bare.csv'), `${lines.join('\n')}\n`)
  })
  seconds.push(['black list as bare text, no database', bare])
  mkdirSync(join(folder, 'out'))
  seconds.push([
    `operator's black list, ${black} rows, with manifest`,
    await timed(() => writeBlackList(cache, 'kcell', join(folder, 'out'), '2025-11-01T00:00:00.000Z', job)),
  ])
  console.log('| | wall s | CPU s | × bare text (CPU) |\n|---|---|---|---|')
  for (const [name, { wall, cpu }] of seconds)
    console.log(`| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${(cpu / bare.cpu).toFixed(1)} |`)
  console.log(`\nmemory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
  cache.close()
  home.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
