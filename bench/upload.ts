import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { imei15Text } from '../src/domain/imei.ts'
import { setOfficer } from '../src/registry/db/directory/queries.ts'
import { SAMPLE_OFFICERS } from '../src/sample/officers.ts'
import { KEY_STEP } from './nationalRows.ts'
import { seconds, withRegistry } from './ownRegistry.ts'
import { cpuOf, peakOf } from './processFigures.ts'

/**
 * One batch of millions as it happens: the desk's command line reads and checks a file, packs and uploads it over HTTP to a registry in a
 * process of its own, which promotes it; the desk then has it from the feed. Time, CPU and memory of both processes, and whether anybody
 * could have seen a part of the batch: `node bench/upload.ts [rows]`.
 */
const rows = Number(process.argv[2] ?? 200_000)
const FIRST = 35_000_000_000_000
const ROWS_A_DECLARATION = 500
const LOOK_MS = 25
const DESK = join(import.meta.dirname, '../src/cli/desk.ts')

const keyOf = (n: number): number => FIRST + n * KEY_STEP

async function writeCsv(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write('IMEI;Номер ДТ;Дата ДТ;БИН;Импортер;Марка;Модель;Количество\n')
  for (let n = 0; n < rows; n += ROWS_A_DECLARATION) {
    const declaration = `55311/150926/${String(1 + n / ROWS_A_DECLARATION).padStart(7, '0')}`
    let lines = ''
    for (let i = n; i < Math.min(rows, n + ROWS_A_DECLARATION); i++)
      lines += `${imei15Text(keyOf(i))};${declaration};15.09.2026;130640295531;Sample Import LLP;Xiaomi;Note 14;1\n`
    if (!file.write(lines)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

interface Ran {
  readonly json: Record<string, unknown>
  readonly cpu: number
  readonly memory: number
}

/** Runs one command of the desk in a process of its own; its CPU time and highest memory, looked at until it ends. */
async function desk(words: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [DESK, ...words, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString()
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let [cpu, memory] = [0, 0]
  const look = setInterval(() => {
    const [now, peak] = [cpuOf(child.pid ?? 0), peakOf(child.pid)]
    if (now >= cpu) cpu = now
    if (peak >= memory) memory = peak
  }, LOOK_MS)
  const code = await ended
  clearInterval(look)
  if (code !== 0) throw new Error(`${words[0]}: ${code} ${text}`)
  return { json: JSON.parse(text) as Record<string, unknown>, cpu, memory }
}

await withRegistry(async (registry) => {
  const { db, folder } = registry
  for (const officer of SAMPLE_OFFICERS) await setOfficer(db, officer)
  await registry.moveApart()
  const path = join(folder, 'customs.csv')
  await writeCsv(path)
  const common = ['--home', join(folder, 'home'), '--registry', registry.url(), '--as', 'importer']
  const [staging, staged] = await seconds(() =>
    desk(['import', path, '--kind', 'customs', '--source', 'customs', '--stage', ...common]),
  )
  // asks all the while what a reader of the registry sees: the first and the last IMEI, and how many events there are
  const seen = new Map<string, number>()
  let looking = true
  const looked = (async () => {
    while (looking) {
      const row = await db.one<{ first: boolean; last: boolean; head: number }>(
        `SELECT EXISTS (SELECT 1 FROM fact WHERE imei14 = $1) AS first, EXISTS (SELECT 1 FROM fact WHERE imei14 = $2) AS last,
           (SELECT seq FROM counter) AS head`,
        [keyOf(0), keyOf(rows - 1)],
      )
      const state = `${row?.first ? 'first' : '-'} ${row?.last ? 'last' : '-'} event ${row?.head}`
      seen.set(state, (seen.get(state) ?? 0) + 1)
      await pause(LOOK_MS)
    }
  })()
  const before = cpuOf(registry.pid())
  const [committing, committed] = await seconds(() => desk(['commit', String(staged.json.batch), ...common]))
  // whatever the command did not wait for
  const [syncing, synced] = await seconds(() => desk(['sync', ...common]))
  looking = false
  await looked
  console.log(`\n## A batch of ${rows} IMEIs over HTTP\n`)
  console.log('| | wall s | CPU s | MB at most |\n|---|---|---|---|')
  const print = (name: string, wall: number, cpu: number, memory: number) =>
    console.log(`| ${name} | ${wall.toFixed(1)} | ${cpu.toFixed(1)} | ${Math.round(memory)} |`)
  print('desk: file read, checked, staged, effect', staging, staged.cpu, staged.memory)
  print('desk: packed, uploaded, promoted, pulled again', committing, committed.cpu, committed.memory)
  print('desk: sync, a process of its own', syncing, synced.cpu, synced.memory)
  print(
    'registry process meanwhile (without PostgreSQL)',
    committing,
    cpuOf(registry.pid()) - before,
    peakOf(registry.pid()),
  )
  console.log('\nSeen by a reader meanwhile (times):')
  for (const [state, times] of seen) console.log(`- ${state}: ${times}`)
  const halves = [...seen.keys()].filter((state) => state.includes('first') !== state.includes('last'))
  const { count } = (await db.one<{ count: number }>('SELECT count(*)::int AS count FROM fact')) ?? { count: 0 }
  console.log(`\n${count} facts at the registry; ${halves.length} states with a part of the batch`)
  if (count !== rows || halves.length > 0) throw new Error('the batch did not come whole')
})
