/**
 * Writing of spreadsheets against other writers, CPU seconds in the same run, each in a process of its own.
 *   node bench/sheet-write.ts [--rows 100000] [--peers no]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measure, printTable } from './measure.ts'

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, peers: { type: 'string', default: 'yes' } },
})
const rows = Number(values.rows)
const folder = mkdtempSync(join(tmpdir(), 'sheet-bench-'))
const jobs = new URL('./sheetWriteJobs.ts', import.meta.url).href

try {
  const run = (name: string): ReturnType<typeof measure> => measure(jobs, name, join(folder, name), rows)
  const books = ['xlsx', ...(values.peers === 'no' ? [] : ['exceljs', 'sheetjs'])].map(run)
  printTable(`.xlsx written, ${rows} × 8, ${megabytes('xlsx')} MB`, books, ['exceljs', 'sheetjs'])
  const texts = ['csv', ...(values.peers === 'no' ? [] : ['papaparse'])].map(run)
  printTable(`CSV written, ${rows} × 8, ${megabytes('csv')} MB`, texts, ['papaparse'])
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function megabytes(name: string): string {
  return (statSync(join(folder, name)).size / 1e6).toFixed(1)
}
