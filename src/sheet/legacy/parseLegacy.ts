import * as xlsx from 'xlsx'
import * as codePages from 'xlsx/dist/cpexcel.full.mjs'
import { type RowParts, STORED } from '../rowBatch.ts'
import { SheetError } from '../sheetError.ts'
import { SheetFindings } from '../sheetFindings.ts'
import { TextBatch } from '../textBatch.ts'
import type { SheetInfo, SheetSurvey } from '../workbook.ts'
import { isDateFormat } from '../xlsx/readStyles.ts'

/** The part of SheetJS's workbook that is used here; its cells are arrays of rows in dense mode. */
interface JsWorkbook {
  readonly SheetNames: string[]
  readonly Sheets: Record<string, JsSheet>
  readonly Workbook?: {
    readonly WBProps?: { readonly date1904?: boolean }
    readonly Sheets?: { readonly Hidden?: number }[]
  }
}

interface JsSheet {
  readonly '!data'?: (JsCell | undefined)[][]
  readonly '!rows'?: ({ readonly hidden?: boolean } | undefined)[]
  readonly '!merges'?: { readonly s: { r: number; c: number }; readonly e: { r: number; c: number } }[]
}

interface JsCell {
  readonly t: 'b' | 'e' | 'n' | 'd' | 's' | 'z'
  readonly v?: unknown
  readonly w?: string
  readonly f?: string
  readonly z?: string
}

/** A workbook read whole, in a form that passes between threads. */
export interface LegacyBook {
  readonly date1904: boolean
  readonly sheets: readonly LegacySheet[]
}

export interface LegacySheet {
  readonly info: SheetInfo
  readonly batches: readonly RowParts[]
  readonly survey: SheetSurvey
}

xlsx.set_cptable(codePages)

/**
 * Reads an .xls or .xlsb workbook with SheetJS.
 * @throws SheetError `sheet-encrypted`, `sheet-broken-part`
 */
export function parseLegacy(bytes: Uint8Array): LegacyBook {
  const { book, complaints } = read(bytes)
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.map((name, i): LegacySheet => {
    const state = book.Workbook?.Sheets?.[i]?.Hidden ?? 0
    const visibility = state === 2 ? 'veryHidden' : state === 1 ? 'hidden' : 'visible'
    const sheet = Object.hasOwn(book.Sheets, name) ? book.Sheets[name] : undefined
    return { info: { name, visibility }, ...rowsOf(sheet ?? {}, date1904, complaints) }
  })
  return { date1904, sheets }
}

/** The workbook, and how many records SheetJS did not understand: it only prints them, and they may have been rows. */
function read(bytes: Uint8Array): { book: JsWorkbook; complaints: number } {
  const print = console.error
  let complaints = 0
  console.error = () => {
    complaints += 1
  }
  try {
    // biome-ignore format: one option a line says less
    const book = xlsx.read(bytes, {
      type: 'array', dense: true, cellNF: true, cellStyles: true, cellText: false, cellHTML: false, cellFormula: true,
    }) as unknown as JsWorkbook
    return { book, complaints }
  } catch (error) {
    const reason = String((error as Error)?.message ?? error)
    const code = /password|encrypt/i.test(reason) ? 'sheet-encrypted' : 'sheet-broken-part'
    throw new SheetError(code, { reason: reason.slice(0, 200) }, error)
  } finally {
    console.error = print
  }
}

function rowsOf(sheet: JsSheet, date1904: boolean, complaints: number): { batches: RowParts[]; survey: SheetSurvey } {
  const findings = new SheetFindings()
  for (let i = 0; i < complaints; i++) findings.note('damaged-records', 1)
  const batch = new TextBatch(date1904, findings)
  const batches: RowParts[] = []
  const take = (): void => {
    const parts = batch.takeParts()
    if (parts !== null) batches.push(parts)
  }
  for (const [row, cells] of (sheet['!data'] ?? []).entries()) {
    // Rows are sparse arrays; forEach passes over the holes.
    cells?.forEach((cell, column) => {
      if (cell !== undefined) addCell(cell, column, row + 1, batch, findings)
    })
    batch.endRow(row + 1, sheet['!rows']?.[row]?.hidden === true)
    if (batch.full) take()
  }
  take()
  for (const { s, e } of sheet['!merges'] ?? []) {
    findings.merge({ firstRow: s.r + 1, firstColumn: s.c + 1, lastRow: e.r + 1, lastColumn: e.c + 1 })
  }
  return { batches, survey: findings.survey() }
}

function addCell(cell: JsCell, column: number, row: number, batch: TextBatch, findings: SheetFindings): void {
  const { t, v } = cell
  if (t === 'e') {
    findings.note('error-cells', row, column + 1)
    batch.add(column, STORED.error, cell.w ?? ERRORS.get(Number(v)) ?? '#ERR!')
  } else if (v === undefined || v === null || t === 'z') {
    if (cell.f === undefined) return
    findings.note('uncalculated-formulas', row, column + 1)
    batch.add(column, STORED.uncalculated, '')
  } else if (t === 'b') batch.add(column, STORED.bool, v === true ? '1' : '0')
  else if (t === 'd') batch.add(column, STORED.isoDate, isoOf(v))
  else if (t === 'n')
    batch.add(column, cell.z !== undefined && isDateFormat(cell.z) ? STORED.date : STORED.number, String(v))
  else if (v !== '') batch.add(column, STORED.text, String(v))
  // no text, or none saved: the old format does not tell, so it is announced
  else if (cell.f !== undefined) findings.note('uncalculated-formulas', row, column + 1)
}

/** Error values as binary files number them ([MS-XLS] 2.5.10). */
const ERRORS = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
])

function isoOf(value: unknown): string {
  const iso = (value as Date).toISOString()
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19)
}
