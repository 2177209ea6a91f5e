import { writeCsv } from '../../sheet/write/writeCsv.ts'
import type { ReportContent } from './content.ts'

/** Writes the report as CSV for spreadsheet programs: figures, the total, and below them where they come from, marked `#`. */
export function writeReportCsv(path: string, content: ReportContent, signal: AbortSignal): Promise<{ sha256: string }> {
  return writeCsv(path, {
    header: [content.groupHeading, content.text('code'), content.unit],
    rows: [
      ...content.rows.map((row) => [row.label, row.key, row.count]),
      [content.text('total'), 'total', content.total],
      ...[{ label: content.title, value: content.definition }, ...content.provenance].map(({ label, value }) => [
        `# ${label}`,
        value,
        null,
      ]),
    ],
    bom: true,
    neutralise: true,
    lineEnd: '\r\n',
    signal,
  })
}
