import { Buffer } from 'node:buffer'
import { type RowBatch, STORED } from '../rowBatch.ts'
import { SheetError, throwIfCancelled } from '../sheetError.ts'
import { SheetFindings } from '../sheetFindings.ts'
import type { SheetReader } from '../sheetReader.ts'
import type { Source } from '../source.ts'
import { TextBatch } from '../textBatch.ts'
import type { OpenOptions, RowsOptions, SheetInfo, SheetSurvey } from '../workbook.ts'
import { isDateFormat } from '../xlsx/readStyles.ts'
import type { ZipDirectory } from '../zip/directory.ts'
import { entryStream } from '../zip/entryStream.ts'

/** SheetJS keeps every cell as an object, some forty times the size of the file. */
const LARGEST_FILE = 32 << 20
const LARGEST_UNPACKED = 256 << 20

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

/**
 * Opens an .xls or .xlsb file through SheetJS, which reads it whole. Meant for the files that an old register sends, not for large
 * ones: above 32 MB it is refused.
 * @throws SheetError `sheet-too-large`, `sheet-encrypted`, `sheet-broken-part`, and for zipped kinds what their parts give
 */
export async function openLegacy(
  source: Source,
  zip: ZipDirectory | undefined,
  options: OpenOptions,
): Promise<SheetReader> {
  if (source.size > LARGEST_FILE) throw new SheetError('sheet-too-large', { limit: LARGEST_FILE, actual: source.size })
  // SheetJS checks neither sizes nor checksums.
  if (zip !== undefined) await verify(source, zip)
  const bytes = Buffer.alloc(source.size)
  await source.read(bytes, 0)
  throwIfCancelled(options.signal)
  const { book, complaints } = await parse(bytes)
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = book.SheetNames.map((name, i): SheetInfo => {
    const hidden = book.Workbook?.Sheets?.[i]?.Hidden ?? 0
    return { name, visibility: hidden === 2 ? 'veryHidden' : hidden === 1 ? 'hidden' : 'visible' }
  })

  async function* rows(name: string, rowsOptions: RowsOptions): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
    const sheet = Object.hasOwn(book.Sheets, name) ? book.Sheets[name] : undefined
    if (sheet === undefined) throw new SheetError('sheet-unknown', { sheet: name })
    return yield* sheetRows(sheet, { date1904, complaints, size: source.size }, rowsOptions)
  }

  return { date1904, sheets, rows }
}

async function verify(source: Source, zip: ZipDirectory): Promise<void> {
  let total = 0
  for (const entry of zip.entries.values()) total += entry.size
  if (total > LARGEST_UNPACKED) throw new SheetError('sheet-too-large', { limit: LARGEST_UNPACKED, actual: total })
  for (const entry of zip.entries.values())
    for await (const piece of entryStream(source, entry)) if (piece.length === 0) break
}

/** The workbook, and how many records SheetJS did not understand: it only prints them, and they may have been rows. */
async function parse(bytes: Buffer): Promise<{ book: JsWorkbook; complaints: number }> {
  const [xlsx, codePages] = await Promise.all([import('xlsx'), import('xlsx/dist/cpexcel.full.mjs')])
  xlsx.set_cptable(codePages)
  const print = console.error
  let complaints = 0
  console.error = () => {
    complaints += 1
  }
  try {
    // biome-ignore format: one option a line says less
    const book = xlsx.read(bytes, {
      type: 'buffer', dense: true, cellNF: true, cellStyles: true, cellText: false, cellHTML: false, cellFormula: true,
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

async function* sheetRows(
  sheet: JsSheet,
  { date1904, complaints, size }: { date1904: boolean; complaints: number; size: number },
  { signal, fromRow = 1 }: RowsOptions,
): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
  const data = sheet['!data'] ?? []
  const findings = new SheetFindings()
  for (let i = 0; i < complaints; i++) findings.note('damaged-records', 1)
  const batch = new TextBatch(date1904, findings)
  for (let row = fromRow - 1; row < data.length; row++) {
    // Rows are sparse arrays; forEach passes over the holes.
    data[row]?.forEach((cell, column) => {
      if (cell !== undefined) addCell(cell, column, row + 1, batch, findings)
    })
    batch.endRow(row + 1, sheet['!rows']?.[row]?.hidden === true)
    if (!batch.full) continue
    throwIfCancelled(signal)
    const rows = batch.take(Math.round((size * row) / data.length), size)
    if (rows !== null) yield rows
  }
  throwIfCancelled(signal)
  const last = batch.take(size, size)
  if (last !== null) yield last
  for (const { s, e } of sheet['!merges'] ?? []) {
    findings.merge({ firstRow: s.r + 1, firstColumn: s.c + 1, lastRow: e.r + 1, lastColumn: e.c + 1 })
  }
  return findings.survey()
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
