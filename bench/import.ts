// Import of a customs workbook, from the file to the effect shown: `node bench/import.ts [rows …]`. Prints ratios to a program of the
// usual kind (exceljs, one INSERT for each IMEI, no checks, no encryption). Each job runs in a process of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeSampleFile } from '../src/sample/files/writeSampleFile.ts'
import { measure, printTable } from './measure.ts'

const JOBS = fileURLToPath(new URL('./importJobs.ts', import.meta.url))
const sizes = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'tamga-bench-'))
try {
  for (const rows of sizes.length > 0 ? sizes : [100_000]) {
    const path = join(folder, `customs-${rows}.xlsx`)
    await writeSampleFile(path, 'customs', {
      rows,
      seed: 1,
      format: 'xlsx',
      language: 'ru',
      bad: 0.02,
      today: '2025-11-20',
      titles: true,
      total: true,
      known: [],
    })
    const measured = ['tamga', 'exceljs + inserts'].map((name) => measure(JOBS, name, path, rows))
    printTable(`customs, ${rows} rows (xlsx): file → checked → encrypted → effect`, measured, ['exceljs + inserts'])
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
