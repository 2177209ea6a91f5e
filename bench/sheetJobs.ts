import { createReadStream, readFileSync } from 'node:fs'
import { createInflateRaw } from 'node:zlib'
import { openWorkbook } from '../src/sheet/openWorkbook.ts'
import { openFile } from '../src/sheet/source.ts'
import { readDirectory } from '../src/sheet/zip/directory.ts'

/** What a job found: the same figures must come from every reader of the same file. */
export interface Found {
  readonly rows: number
  /** Sum of the last six digits of the first column: proof that the values were really read. */
  readonly check: number
}

export type Job = (path: string, rows: number) => Promise<Found>

const digitsOf = (text: string): number => {
  const value = Number(text.slice(-6))
  return Number.isNaN(value) ? 0 : value
}

/** Node's zlib over the large parts of the file and nothing else: what no reader can be faster than. */
const inflate: Job = async (path) => {
  const source = await openFile(path)
  const zip = await readDirectory(source)
  let bytes = 0
  for (const entry of zip.entries.values()) {
    const start = entry.headerAt + 30 + Buffer.byteLength(entry.name)
    const packed = createReadStream(path, { start, end: start + entry.compressedSize - 1, highWaterMark: 1 << 17 })
    for await (const piece of packed.pipe(createInflateRaw({ chunkSize: 1 << 18 }))) bytes += (piece as Buffer).length
  }
  await source.close()
  return { rows: 0, check: bytes }
}

/** As an import reads: identifiers as digits, words as text, the rest by kind; each batch is given back. */
const typed: Job = async (path) => {
  const book = await openWorkbook(path)
  let rows = 0
  let check = 0
  let length = 0
  for await (const batch of book.rows(book.sheets[0]?.name as string)) {
    rows += batch.count
    for (let i = 0; i < batch.count; i++) {
      const imei = batch.digits(i, 0, 15)
      if (imei >= 0) check += imei % 1_000_000
      if (batch.digits(i, 1, 15) < 0) length += 1
      for (const column of [2, 3, 5]) length += batch.text(i, column).length
      if (batch.kind(i, 8) === 'date') length += 1
      length += batch.number(i, 4) > 0 ? 1 : 0
    }
    batch.release()
  }
  await book.close()
  return { rows, check: length > 0 ? check : 0 }
}

/** Every cell as a string. */
const text: Job = async (path) => {
  const book = await openWorkbook(path)
  let rows = 0
  let check = 0
  let length = 0
  for await (const batch of book.rows(book.sheets[0]?.name as string)) {
    rows += batch.count
    for (let i = 0; i < batch.count; i++) {
      check += digitsOf(batch.text(i, 0))
      for (let column = 1; column < 12; column++) length += batch.text(i, column).length
    }
    batch.release()
  }
  await book.close()
  return { rows, check: length > 0 ? check : 0 }
}

/** Every cell of every sheet; answers cells for rows. */
const every: Job = async (path) => {
  const book = await openWorkbook(path)
  let cells = 0
  let length = 0
  for (const { name } of book.sheets)
    for await (const batch of book.rows(name))
      for (let i = 0; i < batch.count; i++)
        for (let column = 0; column < batch.width(i); column++) {
          cells += 1
          length += batch.text(i, column).length
        }
  await book.close()
  return { rows: cells, check: length }
}

const exceljs: Job = async (path) => {
  const { default: ExcelJS } = await import('exceljs')
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
  })
  let rows = 0
  let check = 0
  for await (const sheet of reader) {
    for await (const row of sheet) {
      rows += 1
      const values = row.values as unknown[]
      check += digitsOf(String(values[1]))
    }
  }
  return { rows, check }
}

const sheetjs: Job = async (path) => {
  const XLSX = await import('xlsx')
  const book = XLSX.read(readFileSync(path), { type: 'buffer', dense: true, cellText: false, cellHTML: false })
  const data =
    (book.Sheets[book.SheetNames[0] as string] as { '!data'?: ({ v?: unknown } | undefined)[][] })['!data'] ?? []
  let check = 0
  for (const row of data) check += digitsOf(String(row[0]?.v))
  return { rows: data.length, check }
}

const papaparse: Job = async (path) => {
  const { default: Papa } = await import('papaparse')
  let rows = 0
  let check = 0
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(createReadStream(path, 'utf8'), {
      delimiter: ';',
      step: ({ data }) => {
        if (data.length < 2) return
        rows += 1
        check += digitsOf(data[0] as string)
      },
      complete: () => resolve(),
      error: reject,
    })
  })
  return { rows, check }
}

export const JOBS: Record<string, Job> = { inflate, typed, text, every, exceljs, sheetjs, papaparse }
