import type { z } from 'zod'
import { checkText } from '../../contract/checkText.ts'
import type { BATCH_CALLS } from '../../contract/engine/batch.ts'
import { type Lang, zLang } from '../../contract/value.ts'
import type { BatchField } from '../../domain/checks/batchField.ts'
import type { CheckCode } from '../../domain/checks/finding.ts'
import { writeXlsx } from '../../sheet/write/writeXlsx.ts'
import type { Reader } from '../db/handle.ts'
import { openReader } from '../db/openReader.ts'
import type { OwnReader } from '../db/store.ts'
import { asProblem } from '../sheetProblem.ts'
import type { Desk } from '../sync/desk.ts'
import { lettersOfColumn } from './inspect/layout.ts'
import { rowsPath, type StagedDoc, type StagedRow, stagedOrTrouble } from './stagedBatches.ts'

type Exported = z.input<(typeof BATCH_CALLS)['export-rejects']['output']>
type ProblemRow = [code: CheckCode, error: number, field: BatchField | null, value: string, details: string]
type Marked = string | { readonly value: string; readonly mark: 'error' | 'warning' }

/** Words of the two columns added before the sender's own. */
const ROW_HEADER: Readonly<Record<Lang, string>> = { kk: 'Жол', ru: 'Строка', en: 'Row' }
const REASON_HEADER: Readonly<Record<Lang, string>> = { kk: 'Себебі', ru: 'Причина', en: 'Reason' }

/** Rejected rows as XLSX in the sender's own layout, the wrong cells marked, row number and reasons beside each row. */
export async function exportRejects(desk: Desk, batch: string, target: string): Promise<Exported> {
  const row = stagedOrTrouble(desk, batch)
  return writeRejects(desk, row, desk.grants.path(target), languageOf(desk.home.desk.read))
}

/** The same, at a path and in a language given. */
export async function writeRejects(desk: Desk, row: StagedRow, path: string, lang: Lang): Promise<Exported> {
  const { doc } = row
  const staged = openReader(rowsPath(desk.home.folder, row), desk.keyHex)
  try {
    const width = staged.value<number | null>('SELECT max(json_array_length(cells)) FROM reject') ?? 0
    const headers = Array.from(
      { length: Math.max(width, doc.layout.headers.length) },
      (_, i) => doc.layout.headers[i] || lettersOfColumn(i),
    )
    const columns = [
      { header: ROW_HEADER[lang], type: 'number' as const, width: 8 },
      { header: REASON_HEADER[lang], type: 'text' as const, width: 60 },
      ...headers.map((header) => ({ header, type: 'text' as const, width: 18 })),
    ]
    const written = await writeXlsx(path, [{ name: sheetName(doc), columns, rows: rejectedRows(staged, doc, lang) }])
    return { file: path.split(/[\\/]/).at(-1) ?? path, rows: written.rows, sha256: written.sha256 }
  } catch (error) {
    throw asProblem(error)
  } finally {
    staged.close()
  }
}

/** The officer's language: the reply goes out over his name. */
const languageOf = (desk: Reader): Lang => {
  const stored = desk.value<string>(`SELECT value FROM setting WHERE key = 'language'`)
  const language = zLang.safeParse(stored === undefined ? null : JSON.parse(stored))
  return language.success ? language.data : 'kk'
}

const sheetName = (doc: StagedDoc): string => doc.layout.sheet.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31) || 'Sheet1'

const ROWS_A_PAGE = 500

function* rejectedRows(staged: OwnReader, doc: StagedDoc, lang: Lang): Generator<(number | Marked)[]> {
  let after = 0
  for (;;) {
    const page = staged
      .rows<[number, string]>('SELECT row, cells FROM reject WHERE row > ? ORDER BY row LIMIT ?')
      .all(after, ROWS_A_PAGE)
    for (const [row, cells] of page) {
      const problems = staged
        .rows<ProblemRow>(
          'SELECT code, error, field, value, details FROM problem WHERE row = ? ORDER BY error DESC, ord',
        )
        .all(row)
      const marks = marksOf(problems, doc)
      yield [
        row,
        reasonsOf(problems, doc, lang),
        ...asSent(staged, row, JSON.parse(cells) as string[]).map((value, column): Marked => {
          const mark = marks.get(column)
          return mark ? { value, mark } : value
        }),
      ]
      after = row
    }
    if (page.length < ROWS_A_PAGE) return
  }
}

/** Cells as the sender wrote them, whatever was corrected here: he is to find his own rows again. */
function asSent(staged: OwnReader, row: number, cells: string[]): string[] {
  const original = staged.value<string>('SELECT cells FROM original WHERE row = ?', row)
  if (original === undefined) return cells
  for (const [column, text] of Object.entries(JSON.parse(original) as Record<string, string>))
    cells[Number(column)] = text
  return cells
}

const columnOf = (doc: StagedDoc, field: BatchField | null): number | undefined =>
  field === null ? undefined : doc.layout.mapping[field]

function marksOf(problems: readonly ProblemRow[], doc: StagedDoc): ReadonlyMap<number, 'error' | 'warning'> {
  const marks = new Map<number, 'error' | 'warning'>()
  for (const [, error, field] of problems) {
    const column = columnOf(doc, field)
    if (column !== undefined && marks.get(column) !== 'error') marks.set(column, error === 1 ? 'error' : 'warning')
  }
  return marks
}

/** Column and text of each problem, the errors first. */
const reasonsOf = (problems: readonly ProblemRow[], doc: StagedDoc, lang: Lang): string =>
  problems
    .map(([code, , field, value, details]) => {
      const column = columnOf(doc, field)
      const header = column === undefined ? '' : `${doc.layout.headers[column] || lettersOfColumn(column)}: `
      const text = checkText(code, { value, ...(JSON.parse(details) as Record<string, string | number>) }, lang)
      return `${header}${text.message} ${text.remedy}`
    })
    .join('\n')
