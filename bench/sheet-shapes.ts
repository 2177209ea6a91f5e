/**
 * Workbooks of other shapes than one long sheet, CPU time a cell against that sheet: sixteen sheets, 200 columns, every text a shared string
 * of its own. `node bench/sheet-shapes.ts [--cells 1000000]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SheetSpec } from '../src/sheet/write/sheetSpec.ts'
import { writeXlsx } from '../src/sheet/write/writeXlsx.ts'
import { type Measured, measure } from './measure.ts'
import { writeBenchXlsx } from './sheetFiles.ts'

const { values } = parseArgs({ options: { cells: { type: 'string', default: '1000000' } } })
const cells = Number(values.cells)
const jobs = new URL('./sheetJobs.ts', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'sheet-bench-'))

const sheet = (name: string, width: number, rows: number): SheetSpec => ({
  name,
  columns: Array.from({ length: width }, (_, i) => ({ header: `Column ${i}`, type: 'text' as const })),
  rows: rowsOf(width, rows),
})

function* rowsOf(width: number, rows: number): Generator<string[]> {
  for (let r = 0; r < rows; r++)
    yield Array.from({ length: width }, (_, c) => `${35_000_000 + r}${String(c).padStart(7, '0')}`)
}

const shapes: readonly { name: string; write(path: string): Promise<unknown> }[] = [
  { name: 'one sheet, 12 columns', write: (path) => writeXlsx(path, [sheet('List', 12, Math.floor(cells / 12))]) },
  {
    name: '16 sheets, 12 columns',
    write: (path) =>
      writeXlsx(
        path,
        Array.from({ length: 16 }, (_, i) => sheet(`List ${i}`, 12, Math.floor(cells / 12 / 16))),
      ),
  },
  { name: 'one sheet, 200 columns', write: (path) => writeXlsx(path, [sheet('List', 200, Math.floor(cells / 200))]) },
  {
    name: 'every cell a shared string of its own',
    write: (path) => writeBenchXlsx(path, rowsOf(12, Math.floor(cells / 12)), false),
  },
]

try {
  const measured: Measured[] = []
  for (const { name, write } of shapes) {
    const path = join(folder, 'book.xlsx')
    await write(path)
    measured.push({ ...measure(jobs, 'every', path, cells), name })
  }
  const perCell = (m: Measured): number => (m.cpu / m.rows) * 1e6
  const first = perCell(measured[0] as Measured)
  console.log(
    `\n## ${cells} cells in workbooks of other shapes\n\n| | CPU s | MB | CPU µs a cell | × one sheet |\n|---|---|---|---|---|`,
  )
  for (const m of measured)
    console.log(
      `| ${m.name} | ${m.cpu.toFixed(2)} | ${Math.round(m.memory)} | ${perCell(m).toFixed(2)} | ${(perCell(m) / first).toFixed(2)} |`,
    )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
