import { formatNumber, formatShare } from '../../contract/format.ts'
import { Paper } from '../paper/paper.ts'
import type { ReportContent } from './content.ts'

const QR_SIZE = 84
/** Groups the chart shows; more would not be readable. */
const BARS = 12

/** Writes the report for print: definition, provenance, chart, table; number of page and fingerprint on every page. */
export async function writeReportPdf(
  path: string,
  content: ReportContent,
  signal: AbortSignal,
): Promise<{ sha256: string }> {
  const paper = new Paper({
    title: content.title,
    language: content.language,
    footer: `Tamga · SHA-256 ${content.fingerprint}`,
  })
  const { top } = paper.room
  paper.qr(content.proof, { size: QR_SIZE })
  paper.text(content.title, { size: 18, bold: true, indentRight: QR_SIZE + 16 })
  paper.text(content.definition, { size: 9, indentRight: QR_SIZE + 16 })
  paper.y = Math.max(paper.y, top + QR_SIZE) + 10
  paper.facts(content.provenance).space(8)
  if (content.rows.length === 0) paper.space(16).text(content.text('none'), { size: 11 })
  else {
    const bars = content.rows.slice(0, BARS)
    paper.chart({
      kind: 'bars',
      title: content.rows.length > BARS ? content.text('chart', { count: BARS }) : content.text('figures'),
      categories: bars.map((row) => row.label),
      series: [{ name: content.unit, values: bars.map((row) => row.count) }],
      language: content.language,
    })
    paper.table(tableOf(content))
  }
  return paper.write(path, signal)
}

const tableOf = (content: ReportContent): Parameters<Paper['table']>[0] => ({
  columns: [
    { header: content.groupHeading, width: 236 },
    { header: content.text('code'), width: 126 },
    { header: content.unit, width: 76, align: 'right' },
    { header: content.text('share'), width: 61, align: 'right' },
  ],
  rows: content.rows.map((row) => [
    row.label,
    row.key === row.label ? '' : row.key,
    formatNumber(row.count, content.language),
    formatShare(row.share, content.language),
  ]),
  total: [
    content.text('total'),
    '',
    formatNumber(content.total, content.language),
    formatShare(content.total === 0 ? 0 : 1, content.language),
  ],
})
