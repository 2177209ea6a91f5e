import { basename } from 'node:path'
import { writeCsv } from '../sheet/write/writeCsv.ts'
import { writeXlsx } from '../sheet/write/writeXlsx.ts'
import { asProblem } from './sheetProblem.ts'

/** One table of texts for people. */
export interface TableFile {
  readonly path: string
  readonly format: 'csv' | 'xlsx'
  /** Name of the sheet. */
  readonly name: string
  readonly header: readonly string[]
  readonly rows: AsyncIterable<(string | null)[]>
}

/** Writes a table as it streams by, safe against formulas; aborted, it leaves nothing. Throws ProblemError `disk-full`, `target-not-writable`, `cancelled`. */
export async function writeTable({ path, format, name, header, rows }: TableFile, signal: AbortSignal) {
  try {
    const written =
      format === 'csv'
        ? await writeCsv(path, { header: [...header], rows, bom: true, neutralise: true, signal })
        : await writeXlsx(
            path,
            [{ name, columns: header.map((text) => ({ header: text, type: 'text' as const })), rows }],
            { signal },
          )
    return { file: basename(path), rows: written.rows, sha256: written.sha256 }
  } catch (error) {
    throw asProblem(error)
  }
}
