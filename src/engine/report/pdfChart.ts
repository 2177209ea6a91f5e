import { formatNumber } from '../../contract/format.ts'
import type { ReportContent } from './content.ts'
import { PAGE, type Pdf } from './pdfPage.ts'
import { cutToWidth } from './pdfTable.ts'

/** Groups the chart shows; more would not be readable. */
const BARS = 12
const BAR = 14
const LABEL_WIDTH = 170
const NUMBER_WIDTH = 60

/** Draws the largest groups as bars with their numbers: vectors in one dark colour, so that they also print in black and white. */
export function drawChart(pdf: Pdf, content: ReportContent): void {
  const bars = content.rows.slice(0, BARS)
  const longest = Math.max(...bars.map((row) => row.count), 1)
  const left = PAGE.left + LABEL_WIDTH + 8
  const room = PAGE.right - NUMBER_WIDTH - left
  pdf.font('bold').fontSize(10).fillColor('black')
  pdf.text(
    content.rows.length > BARS ? content.text('chart', { count: BARS }) : content.text('figures'),
    PAGE.left,
    pdf.y,
  )
  let top = pdf.y + 4
  pdf.font('text').fontSize(8.5)
  for (const row of bars) {
    const label = cutToWidth(pdf, row.label, LABEL_WIDTH)
    pdf.fillColor('black').text(label, left - 8 - pdf.widthOfString(label), top + 2, { lineBreak: false })
    const width = Math.max(0.5, (row.count / longest) * room)
    pdf.rect(left, top + 1, width, BAR - 4).fill('#1f4e79')
    pdf
      .fillColor('black')
      .text(formatNumber(row.count, content.language), left + width + 5, top + 2, { lineBreak: false })
    top += BAR
  }
  pdf
    .moveTo(left, top - bars.length * BAR - 1)
    .lineTo(left, top)
    .lineWidth(0.7)
    .stroke('black')
  pdf.y = top + 16
}
