import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { ColumnSpec } from '../src/sheet/write/sheetSpec.ts'
import { writeCsv } from '../src/sheet/write/writeCsv.ts'
import { writeXlsx } from '../src/sheet/write/writeXlsx.ts'
import type { Job } from './sheetJobs.ts'

const COLUMNS: ColumnSpec[] = [
  { header: 'IMEI', type: 'text' },
  { header: 'Тізім', type: 'text' },
  { header: 'Себебі', type: 'text' },
  { header: 'Күні', type: 'date' },
  { header: 'TAC', type: 'number' },
  { header: 'Марка', type: 'text' },
  { header: 'Саны', type: 'number' },
  { header: 'Аппеляция', type: 'bool' },
]

/** Rows of a list as the desk exports it. Invented. */
function* listRows(rows: number): Generator<(string | number | boolean)[]> {
  for (let i = 0; i < rows; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0')
    yield [
      `35${String(6_938_035_643_809 + i * 7919).slice(0, 13)}`,
      i % 3 === 0 ? 'black' : 'grey',
      `мерзімінде тексерілмеген № ${i % 50}`,
      `2024-${String(1 + (i % 12)).padStart(2, '0')}-${day}`,
      35_693_803 + (i % 1000),
      `Samsung Galaxy A${i % 60}`,
      i % 40,
      i % 5 === 0,
    ]
  }
}

const xlsx: Job = async (path, rows) => {
  const written = await writeXlsx(path, [{ name: 'List', columns: COLUMNS, rows: listRows(rows) }])
  return { rows: written.rows, check: written.bytes }
}

const exceljs: Job = async (path, rows) => {
  const { default: ExcelJS } = await import('exceljs')
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true })
  const sheet = book.addWorksheet('List')
  sheet.columns = COLUMNS.map(({ header }) => ({ header, width: 18 }))
  for (const row of listRows(rows))
    sheet.addRow([...row.slice(0, 3), new Date(row[3] as string), ...row.slice(4)]).commit()
  await book.commit()
  return { rows, check: 0 }
}

const sheetjs: Job = async (path, rows) => {
  const XLSX = await import('xlsx')
  const sheet = XLSX.utils.aoa_to_sheet([COLUMNS.map(({ header }) => header), ...listRows(rows)], { dense: true })
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, 'List')
  await writeFile(path, XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer)
  return { rows, check: 0 }
}

const csv: Job = async (path, rows) => {
  const written = await writeCsv(path, { header: COLUMNS.map(({ header }) => header), rows: listRows(rows) })
  return { rows: written.rows, check: written.bytes }
}

const papaparse: Job = async (path, rows) => {
  const { default: Papa } = await import('papaparse')
  const stream = createWriteStream(path)
  let part: unknown[][] = []
  for (const row of listRows(rows)) {
    part.push(row)
    if (part.length < 1000) continue
    if (!stream.write(`${Papa.unparse(part)}\r\n`))
      await new Promise<void>((resolve) => stream.once('drain', () => resolve()))
    part = []
  }
  await new Promise<void>((resolve) => stream.end(Papa.unparse(part), () => resolve()))
  return { rows, check: 0 }
}

export const JOBS: Record<string, Job> = { xlsx, exceljs, sheetjs, csv, papaparse }
