/**
 * The real window over a mirror of 100,000 listings that came from a real registry: start, import of a customs workbook, previews of
 * reports, calls of the engine; each as a ratio to its limit.
 *   node bench/desk.ts [--listings 100000] [--rows 100000] [--starts 5] [--imports 3] [--calls 1000]
 * Needs a display; `npm run bench -- desk` gives it a virtual one.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { NODE24, ROOT } from '../scripts/checkout.mjs'
import { openDrivenDesk } from '../scripts/drivenDesk.ts'
import { startRegistry } from '../scripts/practice.mjs'
import { signIn } from '../scripts/tour/places.ts'
import { writeSampleFile } from '../src/sample/files/writeSampleFile.ts'
import { timeCalls } from './deskCalls.ts'
import { type ImportTimes, timeImport } from './deskImport.ts'
import { timePreviews } from './deskReports.ts'
import { timeStart } from './deskStart.ts'
import { cpuOf, engineOf, peakOf } from './processFigures.ts'

const LIMITS = { start: 2000, import: 5000, memory: 400, task: 100, call: 1, preview: 300 } as const

const { values } = parseArgs({
  options: {
    listings: { type: 'string', default: '100000' },
    rows: { type: 'string', default: '100000' },
    starts: { type: 'string', default: '5' },
    imports: { type: 'string', default: '3' },
    calls: { type: 'string', default: '1000' },
  },
})
const rows = Number(values.rows)

// not the system's temporary folder: as root, PostgreSQL runs as another user and must reach its data
const folder = mkdtempSync(join('/var/tmp', 'tamga-bench-'))
const home = join(folder, 'desk')
const median = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
const times = <T>(count: number, work: () => Promise<T>): Promise<T[]> =>
  Array.from({ length: count }).reduce<Promise<T[]>>(
    async (done, _) => [...(await done), await work()],
    Promise.resolve([]),
  )
const each = (figures: readonly number[]): string => figures.map((one) => one.toFixed(0)).join(', ')

const table: string[] = ['| | measured | limit | × limit | load | |', '|---|---|---|---|---|---|']
function row(what: string, measured: number, limit: number, unit: string, more: string): void {
  const [load = 0] = loadavg()
  const digits = limit < 10 ? 2 : 0
  const ratio = (measured / limit).toFixed(2)
  table.push(
    `| ${what} | ${measured.toFixed(digits)} ${unit} | ${limit} ${unit} | ${ratio} | ${load.toFixed(1)} | ${more} |`,
  )
}

/** A file as officers get them. */
const sampleFile = (path: string, kind: 'operator' | 'customs', count: number, bad: number) =>
  writeSampleFile(path, kind, {
    ...{ rows: count, seed: 7, format: 'xlsx', language: 'ru', bad, known: [] },
    ...{ titles: false, total: false, today: '2025-11-20' },
  })

/** The registry gets a list of new IMEIs and the desk's home mirrors it. Answers how many became grey. */
async function fillHome(registry: string): Promise<number> {
  const file = join(folder, 'operator.xlsx')
  // about every fifth row of an operator's list repeats an IMEI
  await sampleFile(file, 'operator', Math.round(Number(values.listings) * 1.26), 0)
  const command = ['import', file, '--kind', 'operator', '--source', 'kcell', '--home', home, '--registry', registry]
  const { stdout } = await promisify(execFile)(
    NODE24,
    ['src/cli/desk.ts', ...command, '--as', 'importer', '--lang', 'en', '--json'],
    { cwd: ROOT, maxBuffer: 1 << 26 },
  )
  const { state, effect } = JSON.parse(stdout) as { state: string; effect: { toGrey: number } }
  if (state !== 'committed') throw new Error(`the list of the bench is ${state}`)
  return effect.toGrey
}

async function measureStarts(registry: string): Promise<void> {
  await timeStart({ home, registry })
  const starts = await times(Number(values.starts), () => timeStart({ home, registry }))
  const total = starts.map(({ window, work }) => window + work)
  const cpu = median(starts.map((one) => one.cpu)).toFixed(2)
  row('start → usable Work screen, median', median(total), LIMITS.start, 'ms', `each ${each(total)}; ${cpu} CPU s`)
  const window = median(starts.map((one) => one.window))
  const work = median(starts.map((one) => one.work))
  table.push(`| of it: process → officers shown; officer chosen → Work | ${each([window, work])} ms | | | | |`)
}

async function measureWindow(registry: string): Promise<void> {
  const customs = join(folder, 'customs.xlsx')
  await sampleFile(customs, 'customs', rows, 0.02)
  const desk = await openDrivenDesk({ home, language: 'ru', registry })
  try {
    await signIn(desk.page, 'importer')
    await desk.choose(customs)
    const engine = engineOf(await desk.app.evaluate(() => process.pid))
    const before = cpuOf(engine ?? 0)
    const imports = await times(Number(values.imports), () => timeImport(desk.page))
    const cpu = ((cpuOf(engine ?? 0) - before) / imports.length).toFixed(2)
    const of = (part: (times: ImportTimes) => number): number[] => imports.map(part)
    const totals = of((one) => one.total)
    row(
      `import of ${rows} rows, choosing → effect shown, median`,
      median(totals),
      LIMITS.import,
      'ms',
      `each ${each(totals)}; ${cpu} CPU s of the engine`,
    )
    const parts = [of((one) => one.head), of((one) => one.check), of((one) => one.effect)].map(median)
    table.push(`| of it: head read, rows checked, effect painted | ${each(parts)} ms | | | | |`)
    row("engine's memory, highest", peakOf(engine), LIMITS.memory, 'MB', '')
    const tasks = of((one) => one.longestTask)
    row("window's longest task meanwhile", Math.max(...tasks), LIMITS.task, 'ms', `each ${each(tasks)}`)
    const calls = await timeCalls(desk.page, Number(values.calls))
    row(
      'call window → engine → window, median',
      median(calls),
      LIMITS.call,
      'ms',
      `99 % below ${at(calls, 0.99).toFixed(2)}`,
    )
    const previews = await timePreviews(desk.page)
    row(
      "a report's grouping chosen → figures and chart painted, slowest",
      Math.max(...previews.map(({ ms }) => ms)),
      LIMITS.preview,
      'ms',
      previews.map(({ figures, ms }) => `${figures} ${ms.toFixed(0)}`).join(', '),
    )
  } finally {
    await desk.close()
  }
}

function at(figures: readonly number[], share: number): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length * share)] ?? Number.NaN
}

try {
  await promisify(execFile)(NODE24, ['scripts/build.ts'], { cwd: ROOT })
  const registry = await startRegistry({ data: join(folder, 'registry') })
  try {
    const listed = await fillHome(registry.url)
    console.log(`\n## The window over ${listed} listings of one list and those of the sample\n`)
    await measureStarts(registry.url)
    await measureWindow(registry.url)
  } finally {
    await registry.stop()
  }
  console.log(table.join('\n'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
