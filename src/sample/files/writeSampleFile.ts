import type { ImportKind } from '../../domain/batch.ts'
import type { CellInput } from '../../sheet/write/cellInput.ts'
import type { ColumnType } from '../../sheet/write/sheetSpec.ts'
import { writeCsv } from '../../sheet/write/writeCsv.ts'
import { writeXlsx } from '../../sheet/write/writeXlsx.ts'
import { customsRows } from './customsRows.ts'
import type { FileOptions } from './fileOptions.ts'
import { HEADERS, SHEET_NAME, TITLES } from './headers.ts'
import { plainRows } from './plainRows.ts'
import { type ExpectedCounts, Tally } from './tally.ts'

/** A written sample file and what an import of it must count. */
export interface SampleFile extends ExpectedCounts {
  readonly file: string
  readonly kind: ImportKind
  readonly format: 'xlsx' | 'csv'
  /** Row of the sheet that holds the header, from 1. */
  readonly header: number
  readonly bytes: number
  readonly sha256: string
}

const DATE_COLUMN: Readonly<Record<ImportKind, number>> = {
  customs: 3,
  operator: 1,
  stolen: 1,
  counterfeit: 1,
  gsma: 1,
  legacy: 1,
  tac: -1,
  border: 3,
}

/**
 * Writes a sample file, streaming. The same options give the same bytes.
 * @throws SheetError where the file cannot be written
 */
export async function writeSampleFile(path: string, kind: ImportKind, o: FileOptions): Promise<SampleFile> {
  const tally = new Tally()
  const rows = kind === 'customs' ? customsRows(o, tally) : plainRows(kind, o, tally)
  const headers = HEADERS[kind][o.language]
  const titles = o.titles ? TITLES[o.language] : []
  // the writer's own header is the first row of the sheet: a title where the list has some
  const above = o.titles ? [...titles.slice(1).map((title) => [title]), [], headers] : []
  const first = o.titles ? headers.map((_, i) => (i === 0 ? (titles[0] ?? '') : '')) : headers
  const written =
    o.format === 'csv'
      ? await writeCsv(path, { header: first, rows: chain(above, rows), delimiter: ';', lineEnd: '\r\n', bom: true })
      : await writeXlsx(path, [
          {
            name: SHEET_NAME[o.language],
            columns: first.map((header, i) => ({ header, type: typeOf(kind, i), width: widthOf(headers[i] ?? '') })),
            rows: chain(above, rows),
          },
        ])
  return {
    file: path,
    kind,
    format: o.format,
    header: above.length + 1,
    ...tally.counts(),
    bytes: written.bytes,
    sha256: written.sha256,
  }
}

const typeOf = (kind: ImportKind, column: number): ColumnType =>
  column === DATE_COLUMN[kind] ? 'date' : kind === 'customs' && (column === 0 || column === 10) ? 'number' : 'text'

const widthOf = (header: string): number => Math.max(10, Math.min(34, header.length + 8))

function* chain(
  above: readonly (readonly CellInput[])[],
  rows: Iterable<readonly CellInput[]>,
): Generator<readonly CellInput[]> {
  yield* above
  yield* rows
}
