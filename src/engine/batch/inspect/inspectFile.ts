import type { Inspected } from '../../../contract/engine/batch.ts'
import { trouble } from '../../../domain/problem.ts'
import { openSource, openWorkbook } from '../../../sheet/openWorkbook.ts'
import {
  type Delimiter,
  ENCODINGS,
  type Encoding,
  type EncodingGuess,
  type SheetSurvey,
  type Workbook,
} from '../../../sheet/workbook.ts'
import { type KeptFile, openKept } from '../keep/keptFile.ts'
import { hashFile } from './hashFile.ts'
import { type Layout, type LayoutChoice, layoutOf, type Profile } from './layout.ts'

export interface FileChoice {
  readonly path: string
  readonly password?: string | undefined
  readonly encoding?: string | undefined
  readonly delimiter?: Delimiter | undefined
  /** The desk's own copy, read instead of the file once there is one; it needs no password. */
  readonly kept?: KeptFile | undefined
}

/** Reads the head of a file and says what it is, where its header stands, what its columns mean. */
export async function inspectFile(file: FileChoice, choice: LayoutChoice): Promise<Inspected> {
  const book = await openChosen(file)
  try {
    const layout = await layoutOf(book, choice)
    return {
      file: { name: book.file, bytes: book.bytes, sha256: await hashFile(file.path), format: book.kind },
      encoding: book.encoding ? encodingOf(book.encoding) : null,
      delimiter: book.delimiter ?? null,
      sheets: book.sheets.map((s) => ({ name: s.name, hidden: s.visibility !== 'visible' })),
      sheet: layout.sheet,
      header: layout.header,
      kind: layout.kind,
      columns: layout.columns,
      head: layout.head,
      missing: [...layout.missing],
      notices: noticesOf(book, layout),
      profile: layout.profile && profileOf(layout.profile),
    }
  } finally {
    await book.close()
  }
}

const profileOf = ({ name, version, source, steps }: Profile): NonNullable<Inspected['profile']> => ({
  name,
  version,
  source,
  steps,
})

/** Opens a file as the officer wants it read. Throws `usage` for an encoding there is none of. */
export async function openChosen(file: FileChoice): Promise<Workbook> {
  const encoding = file.encoding === undefined ? undefined : encodingNamed(file.encoding)
  const { delimiter, password } = file
  if (file.kept) return openSource(await openKept(file.kept), { encoding, delimiter })
  return openWorkbook(file.path, { encoding, delimiter, password })
}

/** Encodings by their names and the names people call them by: cp1251, utf8, UTF-16. */
function encodingNamed(name: string): Encoding {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '')
  const aliases: Readonly<Record<string, Encoding>> = {
    cp1251: 'windows-1251',
    win1251: 'windows-1251',
    utf8bom: 'utf-8',
    utf16: 'utf-16le',
    ibm866: 'cp866',
    dos866: 'cp866',
    kz1048: 'rk1048',
  }
  const encoding = aliases[plain] ?? ENCODINGS.find((e) => e.replace(/-/g, '') === plain)
  if (encoding === undefined) throw trouble('usage', { what: `--encoding ${name}` })
  return encoding
}

/** How sure each kind of evidence makes; letters can be mistaken. */
const SURE: Readonly<Record<EncodingGuess['evidence'], number>> = {
  bom: 1,
  ascii: 1,
  asked: 1,
  valid: 0.98,
  letters: 0.7,
}

const encodingOf = (guess: EncodingGuess): NonNullable<Inspected['encoding']> => ({
  name: guess.encoding,
  sure: SURE[guess.evidence],
  choices: [guess.encoding, ...guess.others.map((o) => o.encoding).filter((e) => e !== guess.encoding)],
})

/** Hidden sheets and rows are told, never silently taken or skipped; a whole pass over the sheet knows more than its head. */
export function noticesOf(book: Workbook, layout: Layout, survey?: SheetSurvey): Inspected['notices'] {
  const sheets = book.sheets
    .filter((s) => s.visibility !== 'visible')
    .map((s) => ({ code: 'hidden-sheet', details: { sheet: s.name } }))
  const header = layout.header.row === 0 ? [{ code: 'no-header', details: {} }] : []
  const rows = survey
    ? survey.notices.map(({ code, ...details }) => ({ code, details: { ...details } }))
    : layout.hiddenRows > 0
      ? [{ code: 'hidden-rows', details: { count: layout.hiddenRows } }]
      : []
  // the note of a file that its kind of list needs once, not on every row
  const unused = layout.kind === 'operator' ? [{ code: 'check-digit-unused', details: {} }] : []
  return [...sheets, ...header, ...unused, ...rows]
}
