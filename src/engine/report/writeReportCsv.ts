import type { PartedRow, RowInput } from '../../sheet/write/cellInput.ts'
import { wouldRun, writeCsv } from '../../sheet/write/writeCsv.ts'
import { ContentHash } from './contentHash.ts'
import { sealText } from './fingerprint.ts'
import { aboutRows, figureHeader, figureRows, MARKS, type WriteReport } from './reportFile.ts'

/** A text that a spreadsheet program would run gets the apostrophe that `writeCsv` puts before it. */
export const neutralised = <T>(cell: T): T | string => (typeof cell === 'string' && wouldRun(cell) ? `'${cell}` : cell)

const changes = (cell: string | number | null): boolean => typeof cell === 'string' && wouldRun(cell)

/**
 * Writes the report as CSV for spreadsheet programs: figures, the total, the IMEIs where they are asked for, and below them where
 * the figures come from, marked `#`, with the desk's seal over all of it as the last line.
 */
export function writeReportCsv(w: WriteReport): Promise<{ sha256: string }> {
  const { content, details } = w
  const hash = new ContentHash(neutralised)
  const hashed = <T extends readonly (string | number | null)[]>(row: T): T => {
    // only what may have been neutralised is made anew
    hash.add(row.some(changes) ? row.map(neutralised) : row)
    return row
  }
  function* before(): Generator<RowInput> {
    for (const row of figureRows(content)) yield hashed(row)
    if (!details) return
    yield []
    yield hashed(details.columns.map(({ header: name }) => name))
  }
  function* after(): Generator<RowInput> {
    for (const [label, value] of aboutRows(content)) yield hashed([`# ${label}`, value])
    const seal = sealText(content.fingerprint, hash.hex())
    yield [`# ${MARKS.seal}`, `${seal} ${w.sign(seal)}`]
  }
  // without a promise a row where the rows can be read so
  function* rows(all: Iterable<PartedRow>): Generator<RowInput> {
    yield* before()
    for (const row of all) {
      hash.addParted(row)
      yield row
    }
    yield* after()
  }
  async function* rowsLater(all: AsyncIterable<PartedRow>): AsyncGenerator<RowInput> {
    yield* before()
    for await (const row of all) {
      hash.addParted(row)
      yield row
    }
    yield* after()
  }
  const all = details?.rows() ?? []
  const header = figureHeader(content)
  hashed(header)
  return writeCsv(w.path, {
    header,
    rows: Symbol.asyncIterator in all ? rowsLater(all) : rows(all),
    delimiter: w.separator,
    bom: true,
    neutralise: true,
    lineEnd: '\r\n',
    signal: w.signal,
  })
}
