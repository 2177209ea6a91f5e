import type { CellInput, PartedRow, RowsInput } from '../../sheet/write/cellInput.ts'
import type { SheetSpec } from '../../sheet/write/sheetSpec.ts'
import { writeXlsx } from '../../sheet/write/writeXlsx.ts'
import { ContentHash } from './contentHash.ts'
import { sealText } from './fingerprint.ts'
import {
  aboutRows,
  type DetailRows,
  figureHeader,
  figureRows,
  MARKS,
  numberFormat,
  type WriteReport,
} from './reportFile.ts'
import { reportChart } from './xlsxChart.ts'

/** Rows of a sheet; a test lowers it. */
export interface XlsxLimits {
  readonly rowsPerSheet?: number
}

/**
 * Writes the report as a workbook: figures with real types and a chart, the IMEIs where they are asked for, and a sheet that says
 * what the figures mean and where they come from, with the desk's seal over every cell.
 */
export function writeReportXlsx(w: WriteReport, limits: XlsxLimits = {}): Promise<{ sha256: string }> {
  const { content, details } = w
  const hash = new ContentHash()
  const figures: SheetSpec = {
    name: content.text('figures'),
    columns: [
      { header: content.groupHeading, type: 'text', width: 44 },
      { header: content.text('code'), type: 'text', width: 26 },
      ...content.measures.map(({ label, decimals }) => ({
        header: label,
        type: 'number' as const,
        format: numberFormat(decimals),
        width: 16,
      })),
      ...(content.adds ? [{ header: content.text('share'), type: 'number' as const, format: '0.0%', width: 10 }] : []),
    ],
    rows: figureCells(w, hash),
    drawing: content.rows.length === 0 ? undefined : reportChart(content),
  }
  const sheets: SheetSpec[] = [figures]
  if (details) sheets.push({ name: content.text('rows'), columns: details.columns, rows: detailCells(details, hash) })
  sheets.push({
    name: content.text('about'),
    columns: [
      { header: content.text('about'), type: 'text', width: 34 },
      { header: content.text('definition'), type: 'text', width: 110 },
    ],
    rows: aboutCells(w, hash),
  })
  return writeXlsx(w.path, sheets, { signal: w.signal, title: content.title, ...limits })
}

// The sheets are drawn one after the other, so the hash is whole when the last row of the last one is asked for.

function* figureCells({ content }: WriteReport, hash: ContentHash): Generator<readonly CellInput[]> {
  hash.add(figureHeader(content))
  let left = content.rows.length
  for (const row of figureRows(content)) {
    hash.add(row)
    yield left-- > 0 ? row : row.map((value) => ({ value, mark: 'bold' as const }))
  }
}

function detailCells({ columns, rows }: DetailRows, hash: ContentHash): RowsInput {
  const header = columns.map((column) => column.header)
  const all = rows()
  return Symbol.asyncIterator in all ? hashedLater(header, all, hash) : hashed(header, all, hash)
}

function* hashed(header: readonly string[], rows: Iterable<PartedRow>, hash: ContentHash): Generator<PartedRow> {
  hash.add(header)
  for (const row of rows) {
    hash.addParted(row)
    yield row
  }
}

async function* hashedLater(
  header: readonly string[],
  rows: AsyncIterable<PartedRow>,
  hash: ContentHash,
): AsyncGenerator<PartedRow> {
  hash.add(header)
  for await (const row of rows) {
    hash.addParted(row)
    yield row
  }
}

function* aboutCells(w: WriteReport, hash: ContentHash): Generator<readonly CellInput[]> {
  const { content } = w
  hash.add([content.text('about'), content.text('definition')])
  for (const row of aboutRows(content)) {
    hash.add(row)
    yield [row[0], { value: row[1], mark: 'wrap' }]
  }
  const seal = sealText(content.fingerprint, hash.hex())
  yield [MARKS.seal, { value: `${seal} ${w.sign(seal)}`, mark: 'wrap' }]
}
