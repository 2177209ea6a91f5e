import { createHash } from 'node:crypto'
import type { Inspected, Mapping } from '../../../contract/engine/batch.ts'
import type { ImportKind } from '../../../domain/batch.ts'
import { BATCH_FIELDS, type BatchField, FIELDS_OF_KIND, missingFields } from '../../../domain/checks/batchField.ts'
import type { SampleCell } from '../../../domain/columns/contentOf.ts'
import { type FoundHeader, findHeader, type HeadRow, headerAt } from '../../../domain/columns/findHeader.ts'
import { plainHeader } from '../../../domain/columns/matchHeader.ts'
import { type ColumnGuess, kindScore, likeliestKind, recogniseColumns } from '../../../domain/columns/recognise.ts'
import type { SourceBody } from '../../../domain/fact.ts'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import { trouble } from '../../../domain/problem.ts'
import type { RowBatch } from '../../../sheet/rowBatch.ts'
import type { SheetInfo, Workbook } from '../../../sheet/workbook.ts'

/** How a sender's file was read before: each field's header, and its column where there was no header. */
export interface Profile {
  readonly name: string
  readonly version: number
  readonly kind: ImportKind
  readonly source: SourceBody
  readonly fingerprint: string
  /** Corrections of the last file, offered for this one. */
  readonly steps: readonly FixStep[]
  readonly mapping: Readonly<Partial<Record<BatchField, { readonly header: string; readonly column: number }>>>
}

/** What the officer has said about a file; all else is recognised. */
export interface LayoutChoice {
  readonly kind: ImportKind | null
  readonly sheet?: string | undefined
  readonly headerRow?: number | undefined
  readonly mapping?: Mapping | undefined
  readonly mappingByHeader?: Readonly<Record<string, string>> | undefined
  readonly profile?: string | undefined
  readonly profiles: readonly Profile[]
}

/** Where a file's rows begin and what its columns mean. */
export interface Layout {
  readonly sheet: string
  readonly kind: ImportKind | null
  readonly header: Inspected['header']
  readonly headerEnd: number
  /** Header text of each column; '' where there is none. */
  readonly headers: readonly string[]
  readonly columns: Inspected['columns']
  readonly mapping: Mapping
  readonly missing: readonly BatchField[]
  readonly head: Inspected['head']
  readonly profile: Profile | null
  /** Of the kind and the headers: the same for the next file of the same sender. */
  readonly fingerprint: string
  readonly hiddenRows: number
}

const PREVIEW_ROWS = 230
const HEAD_ROWS = 40
const HEAD_SHOWN = 25
const SAMPLES_SHOWN = 3
const CELL_SHOWN = 120
const SHEETS_LOOKED_AT = 8

/** Finds sheet, header, kind and columns of an open workbook. Throws `sheet-unknown`, `column-unknown`, `usage`. */
export async function layoutOf(book: Workbook, choice: LayoutChoice): Promise<Layout> {
  if (choice.profile !== undefined && !choice.profiles.some((p) => p.name === choice.profile))
    throw trouble('usage', { what: `--profile ${choice.profile}` })
  if (choice.sheet !== undefined) {
    if (!book.sheets.some((s) => s.name === choice.sheet))
      throw trouble('sheet-unknown', { sheet: choice.sheet, file: book.file })
    return layoutOfSheet(book, choice.sheet, choice)
  }
  let best: { layout: Layout; score: number } | null = null
  for (const sheet of sheetsToTry(book.sheets)) {
    const layout = await layoutOfSheet(book, sheet.name, choice)
    const guesses = layout.columns.map(
      ({ field, sure, by }) => ({ field, sure, by: by === 'profile' ? 'name' : by }) as ColumnGuess,
    )
    const score = layout.kind ? kindScore(layout.kind, guesses) : -1
    if (best === null || score > best.score) best = { layout, score }
  }
  if (best === null) throw trouble('sheet-empty-file', { file: book.file })
  return best.layout
}

/** Hidden sheets are announced; they are taken only when nothing else is there or when they are named. */
function sheetsToTry(sheets: readonly SheetInfo[]): readonly SheetInfo[] {
  const visible = sheets.filter((s) => s.visibility === 'visible')
  return (visible.length > 0 ? visible : sheets).slice(0, SHEETS_LOOKED_AT)
}

async function layoutOfSheet(book: Workbook, sheet: string, choice: LayoutChoice): Promise<Layout> {
  const { rows, hidden } = headRows(await book.preview(sheet, PREVIEW_ROWS))
  const named = choice.profiles.find((p) => p.name === choice.profile)
  const wanted = choice.kind ?? named?.kind ?? null
  const fields = wanted ? FIELDS_OF_KIND[wanted] : BATCH_FIELDS
  const found =
    choice.headerRow === undefined
      ? findHeader(rows.slice(0, HEAD_ROWS), fields)
      : headerAt(rows, choice.headerRow, fields)
  const headerEnd = found.row === 0 ? 0 : found.row + found.rows - 1
  const samples = samplesBelow(rows, headerEnd, found.names.length)
  const kind = wanted ?? likeliestKind(found.names, samples)
  const headers = samples.map((_, column) => found.names[column]?.[0] ?? '')
  const fingerprint = createHash('sha256')
    .update([kind ?? '', ...headers.map(plainHeader)].join('\n'))
    .digest('hex')
  const guesses = kind ? recogniseColumns(kind, found.names, samples) : samples.map(() => NOTHING)
  const profile = named ?? choice.profiles.find((p) => p.kind === kind && p.fingerprint === fingerprint) ?? null
  const mapping = mappingOf(guesses, headers, found, profile, choice)
  return {
    sheet,
    kind,
    header: { row: found.row, rows: found.rows, sure: found.sure },
    headerEnd,
    headers,
    columns: samples.map((cells, column) => describe(column, headers, cells, guesses, mapping, profile)),
    mapping,
    missing: kind ? missingFields(kind, new Set(Object.keys(mapping) as BatchField[])) : [],
    head: rows
      .slice(0, HEAD_SHOWN)
      .map((r) => ({ row: r.row, cells: r.cells.map((c) => c.text.slice(0, CELL_SHOWN)) })),
    profile,
    fingerprint,
    hiddenRows: hidden,
  }
}

const NOTHING: ColumnGuess = { field: null, sure: 0, by: 'none' }

function headRows(batches: readonly RowBatch[]): { rows: HeadRow[]; hidden: number } {
  const rows: HeadRow[] = []
  let hidden = 0
  for (const batch of batches)
    for (let i = 0; i < batch.count && rows.length < PREVIEW_ROWS; i++) {
      if (batch.hidden(i)) hidden++
      const cells = Array.from({ length: batch.width(i) }, (_, c): SampleCell => {
        const kind = batch.kind(i, c)
        return {
          kind: kind === 'text' || kind === 'number' || kind === 'date' ? kind : 'other',
          text: batch.text(i, c),
        }
      })
      rows.push({ row: batch.rowNumber(i), cells })
    }
  return { rows, hidden }
}

function samplesBelow(rows: readonly HeadRow[], headerEnd: number, width: number): SampleCell[][] {
  const below = rows.filter((r) => r.row > headerEnd)
  const columns = below.reduce((w, r) => Math.max(w, r.cells.length), width)
  return Array.from({ length: columns }, (_, c) => below.map((r) => r.cells[c] ?? { kind: 'other', text: '' }))
}

/** What was recognised, then what the profile remembers, then what the officer says: the later wins. */
function mappingOf(
  guesses: readonly ColumnGuess[],
  headers: readonly string[],
  found: FoundHeader,
  profile: Profile | null,
  choice: LayoutChoice,
): Mapping {
  if (choice.mapping !== undefined) return choice.mapping
  let mapping: Mapping = {}
  guesses.forEach((g, column) => {
    if (g.field) mapping[g.field] = column
  })
  if (profile) mapping = fromProfile(profile, headers) ?? mapping
  for (const [name, header] of Object.entries(choice.mappingByHeader ?? {})) {
    const field = BATCH_FIELDS.find((f) => f === name)
    if (!field) throw trouble('usage', { what: `--map ${name}=${header}` })
    const column = columnNamed(header, headers, found)
    for (const other of Object.keys(mapping) as BatchField[]) if (mapping[other] === column) delete mapping[other]
    mapping[field] = column
  }
  return mapping
}

/** Null when a header the profile knows is not in this file: then it is another layout. */
function fromProfile(profile: Profile, headers: readonly string[]): Mapping | null {
  const plain = headers.map(plainHeader)
  const mapping: Mapping = {}
  for (const [field, { header, column }] of Object.entries(profile.mapping) as [
    BatchField,
    { header: string; column: number },
  ][]) {
    const at = header === '' || plain[column] === header ? column : plain.indexOf(header)
    if (at < 0) return null
    mapping[field] = at
  }
  return mapping
}

/** A header as it stands in the file, else its column letters (A, B, … AA) where the file has no such header. */
function columnNamed(header: string, headers: readonly string[], found: FoundHeader): number {
  const exact = headers.findIndex((h) => h.trim() === header.trim())
  if (exact >= 0) return exact
  const plain = plainHeader(header)
  const alike = headers.findIndex(
    (h, column) => plain !== '' && [h, ...(found.names[column] ?? [])].some((n) => plainHeader(n) === plain),
  )
  if (alike >= 0) return alike
  const letters = /^[A-Z]{1,3}$/.test(header) ? columnOfLetters(header) : -1
  if (letters >= 0 && letters < headers.length) return letters
  throw trouble('column-unknown', { column: header })
}

const columnOfLetters = (letters: string): number => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1

/** A, B, … Z, AA, as spreadsheet programs name columns. */
export const lettersOfColumn = (column: number): string =>
  (column >= 26 ? lettersOfColumn(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

function describe(
  column: number,
  headers: readonly string[],
  cells: readonly SampleCell[],
  guesses: readonly ColumnGuess[],
  mapping: Mapping,
  profile: Profile | null,
): Inspected['columns'][number] {
  const guess = guesses[column] ?? NOTHING
  const field = (Object.keys(mapping) as BatchField[]).find((f) => mapping[f] === column) ?? null
  const recognised = field !== null && field === guess.field
  return {
    column,
    header: headers[column] ?? '',
    samples: cells
      .map((c) => c.text.trim().slice(0, CELL_SHOWN))
      .filter((t) => t !== '')
      .slice(0, SAMPLES_SHOWN),
    field,
    sure: profile && field ? 1 : recognised ? guess.sure : field ? 1 : 0,
    by: profile && field ? 'profile' : recognised ? guess.by : 'none',
  }
}
