import { createHash } from 'node:crypto'
import { formatNumber, formatShare } from '../../contract/format.ts'
import { writeAtomically } from '../../sheet/write/atomicFile.ts'
import { Paper } from '../paper/paper.ts'
import type { ReportContent } from './content.ts'
import { sealText } from './fingerprint.ts'
import { MARKS, type WriteReport } from './reportFile.ts'

const QR_SIZE = 92
/** Groups the chart shows; more would not be readable. */
const BARS = 12
/** Points of time a line or columns show at most. */
const POINTS = 400
const SERIES = 4

/**
 * Writes the report for print: definition, provenance, chart, table; number of page and fingerprint on every page. Behind the
 * document stand, as PDF comments, the record and the desk's seal over every byte before it.
 */
export async function writeReportPdf(w: WriteReport): Promise<{ sha256: string }> {
  const { content } = w
  const paper = new Paper({
    title: content.title,
    language: content.language,
    footer: `Tamga · SHA-256 ${content.fingerprint}`,
    orientation: isWide(content) ? 'landscape' : 'portrait',
  })
  drawHead(paper, content)
  if (content.rows.length === 0) paper.space(16).text(content.text('none'), { size: 11 })
  else {
    drawCharts(paper, content)
    paper.table(tableOf(content))
  }
  w.signal.throwIfAborted()
  const body = Buffer.concat([
    await paper.bytes(),
    Buffer.from(`\n%${MARKS.record} ${content.record}\n%${MARKS.proof} ${content.proof}\n`, 'utf8'),
  ])
  const seal = sealText(content.fingerprint, createHash('sha256').update(body).digest('hex'))
  return writeAtomically(w.path, async (file) => {
    w.signal.throwIfAborted()
    await file.write(body)
    await file.write(Buffer.from(`%${MARKS.seal} ${seal} ${w.sign(seal)}\n`, 'latin1'))
    return content.rows.length
  })
}

/** So many columns of figures need the page's longer side. */
const isWide = (content: ReportContent): boolean => content.measures.length > 4

function drawHead(paper: Paper, content: ReportContent): void {
  const beside = { indentRight: QR_SIZE + 16 }
  paper.qr(content.proof, { size: QR_SIZE })
  paper.text(content.title, { size: 18, bold: true, ...beside })
  paper.text(content.definition, { size: 9, ...beside })
  paper.y = Math.max(paper.y, paper.room.top + QR_SIZE) + 10
  paper.facts([...content.provenance, { label: '', value: content.text('verify') }]).space(8)
}

function drawCharts(paper: Paper, content: ReportContent): void {
  const { language, chart } = content
  const rows = content.rows.slice(0, chart === 'bars' ? BARS : POINTS)
  const shown = content.measures.flatMap(({ label, charted }, i) => (charted ? [{ label, i }] : [])).slice(0, SERIES)
  paper.chart({
    kind: chart,
    title: rows.length < content.rows.length ? content.text('chart', { count: rows.length }) : content.text('figures'),
    categories: rows.map((row) => row.label),
    series: shown.map(({ label, i }) => ({ name: label, values: rows.map((row) => row.values[i] ?? 0) })),
    language,
  })
}

const tableOf = (content: ReportContent): Parameters<Paper['table']>[0] => {
  const { language, measures, adds } = content
  const numbers = (values: readonly (number | null)[]): string[] =>
    values.map((value, i) => (value === null ? '' : formatNumber(value, language, measures[i]?.decimals ?? 0)))
  // brands and TACs are their own codes
  const coded = content.rows.some(({ key, label }) => key !== label)
  const code = (text: string): string[] => (coded ? [text] : [])
  const share = (value: number | null): string[] => (adds ? [formatShare(value ?? 0, language)] : [])
  return {
    columns: [
      { header: content.groupHeading, width: isWide(content) ? 170 : 226 },
      ...(coded ? [{ header: content.text('code'), width: isWide(content) ? 96 : 116 }] : []),
      ...measures.map(({ label }) => ({ header: label, width: 82, align: 'right' as const })),
      ...(adds ? [{ header: content.text('share'), width: 70, align: 'right' as const }] : []),
    ],
    rows: content.rows.map((row) => [
      row.label,
      ...code(row.key === row.label ? '' : row.key),
      ...numbers(row.values),
      ...share(row.share),
    ]),
    total: [
      content.text('total'),
      ...code(''),
      ...numbers(content.totals),
      ...share((content.totals[0] ?? 0) === 0 ? 0 : 1),
    ],
  }
}

/** The rows of the table as they are printed, the total last. */
export function printedRows(content: ReportContent): (readonly string[])[] {
  const { rows, total } = tableOf(content)
  return [...rows, total ?? []]
}
