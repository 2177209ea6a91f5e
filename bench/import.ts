// Import of a customs file, from the file to the effect shown, each job in a process of its own:
//   node bench/import.ts [rows …]           a workbook, against a program of the usual kind (exceljs, one INSERT for each IMEI, no checks, no
//                                           encryption) and against sqlite3 .import of the same rows as ready CSV into an indexed table
//   node bench/import.ts --growth [rows …]  text files of growing size, time for each row
//   node bench/import.ts --cancel [rows]    time until a cancelled import is gone, against its limit
//   node bench/import.ts --all [rows]       all of these, growth from a tenth of these rows to five times as many
//   --own TIMES [rows]                      our side alone, so many times on one file, and the least CPU time of them
//   --peers no                              without the others
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BATCH_MIGRATIONS } from '../src/engine/batch/migrations.ts'
import { openHome } from '../src/engine/db/home.ts'
import { writeSampleFile } from '../src/sample/files/writeSampleFile.ts'
import { openWorkbook } from '../src/sheet/openWorkbook.ts'
import { cancelImports } from './importCancel.ts'
import { BENCH_KEY } from './importTask.ts'
import { type Measured, measure, measureCommand, printTable } from './measure.ts'

const JOBS = fileURLToPath(new URL('./importJobs.ts', import.meta.url))
const { values, positionals } = parseArgs({
  options: {
    growth: { type: 'boolean', default: false },
    cancel: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    peers: { type: 'string', default: 'yes' },
    own: { type: 'string' },
  },
  allowPositionals: true,
})
/** Limits for a million rows on two quiet cores. */
const MEMORY_MB = 400
const WALL_S = 8
const MILLION = 1_000_000
const sizes = positionals.map(Number)
const folder = mkdtempSync(join(tmpdir(), 'tamga-bench-'))
openHome(folder, BENCH_KEY, BATCH_MIGRATIONS).close()
try {
  const [first = 100_000] = sizes
  if (values.own !== undefined) await ownSide(first, Number(values.own))
  else if (values.growth) await growth(sizes.length > 0 ? sizes : [100_000, 1_000_000])
  else if (values.cancel) await cancelled(first)
  else for (const rows of sizes.length > 0 ? sizes : [first]) await againstOthers(rows)
  if (values.all) {
    await cancelled(first)
    await growth([first / 10, first, first * 5])
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function sample(rows: number, format: 'xlsx' | 'csv'): Promise<string> {
  const path = join(folder, `customs-${rows}.${format}`)
  await writeSampleFile(path, 'customs', {
    rows,
    seed: 1,
    format,
    language: 'ru',
    bad: 0.02,
    today: '2025-11-20',
    titles: true,
    total: true,
    known: [],
  })
  return path
}

async function againstOthers(rows: number): Promise<void> {
  const path = await sample(rows, 'xlsx')
  const peers = values.peers === 'no' ? [] : ['exceljs + inserts']
  const measured = ['tamga', ...peers].map((name) => measure(JOBS, name, path, rows))
  measured.push(await sqliteImport(path, rows))
  const title = `customs, ${rows} rows (xlsx): file → checked → encrypted → effect`
  printTable(title, measured, [...peers, 'sqlite3 .import'])
  const [{ memory = 0, wall = 0 } = {}] = measured
  console.log(`\nmemory ${(memory / MEMORY_MB).toFixed(2)} × limit of ${MEMORY_MB} MB`)
  if (rows >= MILLION) console.log(`time ${(wall / WALL_S).toFixed(2)} × limit of ${WALL_S} s for a million rows`)
}

async function ownSide(rows: number, times: number): Promise<void> {
  const path = await sample(rows, 'xlsx')
  const measured = Array.from({ length: times }, () => measure(JOBS, 'tamga', path, rows))
  printTable(`customs, ${rows} rows (xlsx): file → checked → encrypted → effect`, measured, [])
  console.log(`\nleast ${Math.min(...measured.map(({ cpu }) => cpu)).toFixed(2)} CPU s`)
}

/** While the copy is made, while rows are read, and while the effect is computed. */
async function cancelled(rows: number): Promise<void> {
  await cancelImports(await sample(rows, 'csv'), [0.01, 0.2, 0.5, 0.78, 0.82])
}

/** All columns of the same rows, ready as CSV, into a plain table with an index over each column of IMEIs. */
async function sqliteImport(path: string, rows: number): Promise<Measured> {
  const csv = join(folder, 'ready.csv')
  const book = await openWorkbook(path)
  const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  let columns = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const batch of book.rows(book.sheets[0]?.name as string)) {
      let text = ''
      for (let i = 0; i < batch.count; i++) {
        columns = Math.max(columns, batch.width(i))
        // titles, header and total are short; a ready file has only rows
        if (batch.width(i) === columns && /\d{14}/.test(batch.texts(i).join()))
          text += `${batch.texts(i).map(quoted).join(',')}\n`
      }
      yield text
    }
  }
  await pipeline(lines, createWriteStream(csv))
  await book.close()
  const names = Array.from({ length: columns }, (_, i) => `c${i}`)
  const imeis = names.slice(-2)
  const script = [
    'PRAGMA journal_mode=OFF;',
    'PRAGMA synchronous=OFF;',
    `CREATE TABLE list(${names.map((n) => `${n} TEXT`).join(', ')});`,
    ...imeis.map((n) => `CREATE INDEX list_${n} ON list(${n});`),
    '.mode csv',
    `.import '${csv}' list`,
  ].join('\n')
  return measureCommand('sqlite3 .import', ['sqlite3', join(folder, 'plain.db')], script, rows)
}

async function growth(all: readonly number[]): Promise<void> {
  const measured: { rows: number; it: Measured }[] = []
  for (const rows of all) {
    const path = await sample(rows, 'csv')
    measured.push({ rows, it: measure(JOBS, 'tamga', path, rows) })
    rmSync(path)
  }
  const perRow = ({ rows, it }: { rows: number; it: Measured }): number => (it.cpu / rows) * 1e6
  const first = measured[0] ? perRow(measured[0]) : 1
  console.log(
    '\n## customs, text files of growing size\n\n| rows | CPU s | wall s | MB | CPU µs a row | × first |\n|---|---|---|---|---|---|',
  )
  for (const one of measured) {
    const { cpu, wall, memory } = one.it
    const cells = [one.rows, cpu.toFixed(2), wall.toFixed(2), Math.round(memory), perRow(one).toFixed(2)]
    console.log(`| ${[...cells, (perRow(one) / first).toFixed(2)].join(' | ')} |`)
  }
}
