import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import type { Cell } from '../../src/sheet/rowBatch.ts'
import { SheetError } from '../../src/sheet/sheetError.ts'
import type { OpenOptions, RowsOptions, SheetSurvey, Workbook } from '../../src/sheet/workbook.ts'

const folder = mkdtempSync(join(tmpdir(), 'sheet-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0

/** Path for a new file of this test run. */
export function place(name: string): string {
  files += 1
  return join(folder, `${files}-${name}`)
}

/** Writes bytes to a new file; its path. */
export function file(bytes: string | Uint8Array, name = 'list'): string {
  const path = place(name)
  writeFileSync(path, bytes)
  return path
}

export interface ReadRow {
  readonly number: number
  readonly hidden: boolean
  readonly cells: Cell[]
  readonly texts: string[]
}

export interface ReadSheet extends SheetSurvey {
  readonly list: ReadRow[]
  readonly texts: string[][]
}

/** Reads a whole sheet of an open workbook, the first one unless named. */
export async function readSheet(book: Workbook, name?: string, options: RowsOptions = {}): Promise<ReadSheet> {
  const reading = book.rows(name ?? (book.sheets[0]?.name as string), options)
  const list: ReadRow[] = []
  for (;;) {
    const step = await reading.next()
    if (step.done === true) return { ...step.value, list, texts: list.map(({ texts }) => texts) }
    const batch = step.value
    for (let i = 0; i < batch.count; i++) {
      list.push({ number: batch.rowNumber(i), hidden: batch.hidden(i), cells: batch.cells(i), texts: batch.texts(i) })
    }
  }
}

/** Opens bytes as a file and reads the first sheet. */
export async function read(bytes: string | Uint8Array, options: OpenOptions = {}, name?: string): Promise<ReadSheet> {
  const book = await openWorkbook(file(bytes, name), options)
  try {
    return await readSheet(book)
  } finally {
    await book.close()
  }
}

/** The problem that reading these bytes ends with. */
export async function problemOf(reading: Promise<unknown>): Promise<{ code: string } & SheetError['details']> {
  try {
    await reading
  } catch (error) {
    if (error instanceof SheetError) return { code: error.code, ...error.details }
    throw error
  }
  throw new Error('no problem was found')
}
