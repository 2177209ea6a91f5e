import { writeCsv } from '../../sheet/write/writeCsv.ts'
import { ContentHash } from './contentHash.ts'
import { sealText } from './fingerprint.ts'
import { aboutRows, figureHeader, figureRows, MARKS, type WriteReport } from './reportFile.ts'

/** A text that a spreadsheet program would run gets the apostrophe that `writeCsv` puts before it. */
export const neutralised = <T>(cell: T): T | string =>
  typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell

/**
 * Writes the report as CSV for spreadsheet programs: figures, the total, the IMEIs where they are asked for, and below them where
 * the figures come from, marked `#`, with the desk's seal over all of it as the last line.
 */
export function writeReportCsv(w: WriteReport): Promise<{ sha256: string }> {
  const { content, details } = w
  const hash = new ContentHash()
  const hashed = <T extends readonly (string | number | null)[]>(row: T): T => {
    hash.add(row.map(neutralised))
    return row
  }
  async function* rows(): AsyncGenerator<readonly (string | number | null)[]> {
    for (const row of figureRows(content)) yield hashed(row)
    if (details) {
      yield []
      yield hashed(details.columns.map(({ header }) => header))
      for await (const row of details.rows()) yield hashed(row)
    }
    for (const [label, value] of aboutRows(content)) yield hashed([`# ${label}`, value])
    const seal = sealText(content.fingerprint, hash.hex())
    yield [`# ${MARKS.seal}`, `${seal} ${w.sign(seal)}`]
  }
  const header = figureHeader(content)
  hashed(header)
  return writeCsv(w.path, {
    header,
    rows: rows(),
    delimiter: w.separator,
    bom: true,
    neutralise: true,
    lineEnd: '\r\n',
    signal: w.signal,
  })
}
