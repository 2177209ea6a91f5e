import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { create as createQr } from 'qrcode'
import { formatNumber, formatShare } from '../../contract/format.ts'
import { writeAtomically } from '../../sheet/write/atomicFile.ts'
import type { ReportContent } from './content.ts'
import { drawChart } from './pdfChart.ts'
import { PAGE, type Pdf } from './pdfPage.ts'
import { drawTable } from './pdfTable.ts'

const QR_SIZE = 84

/** Writes the report for print: definition, provenance, chart, table; number of page and fingerprint on every page. */
export async function writeReportPdf(
  path: string,
  content: ReportContent,
  signal: AbortSignal,
): Promise<{ sha256: string }> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { left: PAGE.left, right: 595 - PAGE.right, top: PAGE.top, bottom: 0 },
    bufferPages: true,
    info: { Title: content.title, Producer: 'Tamga', Creator: 'Tamga' },
    lang: content.language,
  })
  const bytes = buffer(pdf)
  registerFonts(pdf)
  drawHead(pdf, content)
  if (content.rows.length === 0)
    pdf
      .font('text')
      .fontSize(11)
      .text(content.text('none'), PAGE.left, pdf.y + 16)
  else {
    drawChart(pdf, content)
    drawTable(pdf, tableOf(content))
  }
  drawFooters(pdf, content)
  pdf.end()
  const whole = await bytes
  return writeAtomically(path, async (file) => {
    signal.throwIfAborted()
    await file.write(whole)
    return content.rows.length
  })
}

/** DejaVu has every letter of Kazakh; the fonts travel inside the file. */
function registerFonts(pdf: Pdf): void {
  const { resolve } = createRequire(import.meta.url)
  pdf.registerFont('text', resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
  pdf.registerFont('bold', resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'))
}

function drawHead(pdf: Pdf, content: ReportContent): void {
  const width = PAGE.right - PAGE.left - QR_SIZE - 16
  drawQr(pdf, content.proof, PAGE.right - QR_SIZE, PAGE.top)
  pdf.fillColor('black').font('bold').fontSize(18).text(content.title, PAGE.left, PAGE.top, { width })
  pdf.moveDown(0.3).font('text').fontSize(9).text(content.definition, { width })
  pdf.y = Math.max(pdf.y, PAGE.top + QR_SIZE) + 10
  for (const { label, value } of content.provenance) {
    const top = pdf.y
    pdf.font('bold').fontSize(8).text(label, PAGE.left, top, { width: 150 })
    const low = pdf.y
    pdf.font('text').text(value, PAGE.left + 156, top, { width: PAGE.right - PAGE.left - 156 })
    pdf.y = Math.max(pdf.y, low) + 2
  }
  pdf.y += 8
}

/** The QR code as one vector path: sharp at any size of print. */
function drawQr(pdf: Pdf, text: string, left: number, top: number): void {
  const { modules } = createQr(text, { errorCorrectionLevel: 'M' })
  const module = QR_SIZE / modules.size
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) pdf.rect(left + column * module, top + row * module, module, module)
  pdf.fill('black')
}

const tableOf = (content: ReportContent): Parameters<typeof drawTable>[1] => ({
  header: [content.groupHeading, content.text('code'), content.unit, content.text('share')],
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

function drawFooters(pdf: Pdf, content: ReportContent): void {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(start + page)
    pdf
      .moveTo(PAGE.left, PAGE.footer - 4)
      .lineTo(PAGE.right, PAGE.footer - 4)
      .lineWidth(0.5)
      .stroke('#444444')
    pdf.fillColor('#222222').font('text').fontSize(7)
    pdf.text(`Tamga · SHA-256 ${content.fingerprint}`, PAGE.left, PAGE.footer, { lineBreak: false })
    const number = content.text('page', { page: page + 1, pages: count })
    pdf.text(number, PAGE.right - pdf.widthOfString(number), PAGE.footer, { lineBreak: false })
  }
}
