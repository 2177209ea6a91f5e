/**
 * Reading of spreadsheets against other readers, CPU seconds in the same run, each in a process of its own.
 *   node bench/sheet-read.ts [--rows 100000] [--only xlsx|inline|csv] [--peers no]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Measured, measure, measurePython, printTable } from './measure.ts'
import { customsRows, writeBenchCsv, writeBenchXlsx } from './sheetFiles.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    only: { type: 'string' },
    peers: { type: 'string', default: 'yes' },
  },
})
const rows = Number(values.rows)
const peers = values.peers !== 'no'
const folder = mkdtempSync(join(tmpdir(), 'sheet-bench-'))
const jobs = new URL('./sheetJobs.ts', import.meta.url).href

const PYTHON_CSV = `
import csv
rows = 0
check = 0
with open(sys.argv[1], newline='', encoding='utf-8') as file:
    for row in csv.reader(file, delimiter=';'):
        rows += 1
        check += int(row[0][-6:]) if row[0].isdigit() else 0
`

try {
  for (const [kind, inline] of [
    ['xlsx', false],
    ['inline', true],
  ] as const) {
    if (values.only !== undefined && values.only !== kind) continue
    const path = join(folder, `${kind}.xlsx`)
    await writeBenchXlsx(path, customsRows(rows), inline)
    const names = ['inflate', 'typed', 'text', ...(peers ? ['exceljs', 'sheetjs'] : [])]
    const measured = names.map((name) => measure(jobs, name, path, rows))
    report(`.xlsx with ${inline ? 'inline' : 'shared'} strings, ${rows} × 12, ${megabytes(path)} MB`, measured, [
      'inflate',
      'exceljs',
      'sheetjs',
    ])
  }
  if (values.only === undefined || values.only === 'csv') {
    const path = join(folder, 'list.csv')
    await writeBenchCsv(path, customsRows(rows))
    const measured = ['typed', 'text', ...(peers ? ['papaparse'] : [])].map((name) => measure(jobs, name, path, rows))
    if (peers) measured.push(measurePython('python csv', PYTHON_CSV, path))
    report(`CSV, ${rows} × 12, ${megabytes(path)} MB`, measured, ['papaparse', 'python csv'])
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function report(title: string, measured: Measured[], against: string[]): void {
  printTable(title, measured, against)
  const expected = measured.find(({ name }) => name === 'typed')
  for (const { name, rows: found, check } of measured) {
    if (name !== 'inflate' && (found !== expected?.rows || check !== expected.check)) {
      console.log(`\n${name} read ${found} rows, check ${check}; expected ${expected?.rows}, ${expected?.check}`)
    }
  }
}

function megabytes(path: string): string {
  return (statSync(path).size / 1e6).toFixed(1)
}
