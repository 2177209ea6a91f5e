import type { SheetSpec } from '../../sheet/write/sheetSpec.ts'
import { writeXlsx } from '../../sheet/write/writeXlsx.ts'
import type { ReportContent } from './content.ts'
import { barChart } from './xlsxChart.ts'

const bold = (value: string | number) => ({ value, mark: 'bold' }) as const

/** Writes the report as a workbook: figures with real types and a chart, and a sheet that says what they mean and where they come from. */
export function writeReportXlsx(
  path: string,
  content: ReportContent,
  signal: AbortSignal,
): Promise<{ sha256: string }> {
  const figures: SheetSpec = {
    name: content.text('figures'),
    columns: [
      { header: content.groupHeading, type: 'text', width: 44 },
      { header: content.text('code'), type: 'text', width: 26 },
      { header: content.unit, type: 'number', format: '#,##0', width: 14 },
      { header: content.text('share'), type: 'number', format: '0.0%', width: 10 },
    ],
    rows: [
      ...content.rows.map((row) => [row.label, row.key, row.count, row.share]),
      [bold(content.text('total')), '', bold(content.total), content.total === 0 ? 0 : 1],
    ],
    drawing: content.rows.length === 0 ? undefined : barChart(content),
  }
  const about: SheetSpec = {
    name: content.text('about'),
    columns: [
      { header: content.title, type: 'text', width: 34 },
      { header: content.text('definition'), type: 'text', width: 110 },
    ],
    rows: [
      [content.text('definition'), content.definition],
      ...content.provenance.map(({ label, value }) => [label, value]),
    ],
  }
  return writeXlsx(path, [figures, about], { signal, title: content.title })
}
