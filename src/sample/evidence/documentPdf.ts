import PDFDocument from 'pdfkit'
import { Random } from '../random.ts'
import type { Paper } from '../shape.ts'
import { qrRows } from './barcode.ts'
import { FONT_FILES } from './fonts.ts'
import { documentOf, type PaperDocument } from './paperDocument.ts'
import { SAMPLE_WORDS } from './svg.ts'

const LEFT = 50
const WIDTH = 495
const INK = '#22439c'

/** A typed document as PDF, A4, with its text as text. The same paper gives the same bytes. */
export function documentPdf(paper: Paper): Promise<Buffer> {
  const d = documentOf(paper)
  const made = new Date(`${dateOf(paper)}T06:00:00Z`)
  const pdf = new PDFDocument({
    size: 'A4',
    margin: LEFT,
    info: {
      Title: `SAMPLE ${d.title[1] ?? d.title[0] ?? ''}`,
      Producer: 'Tamga sample data',
      Creator: 'SAMPLE',
      CreationDate: made,
    },
  })
  const chunks: Buffer[] = []
  const finished = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  pdf.registerFont('sans', FONT_FILES.sans).registerFont('bold', FONT_FILES.bold)
  drawPage(pdf, d, paper.seed)
  pdf.end()
  return finished
}

const dateOf = (paper: Paper): string => paper.fields.issued ?? paper.fields.date ?? '2025-01-01'

function drawPage(pdf: PDFKit.PDFDocument, d: PaperDocument, seed: number): void {
  pdf.font('sans').fontSize(10)
  for (const s of d.issuer) pdf.text(s, LEFT, pdf.y, { width: WIDTH, align: 'center' })
  pdf.moveDown(0.4)
  pdf
    .moveTo(LEFT, pdf.y)
    .lineTo(LEFT + WIDTH, pdf.y)
    .lineWidth(1)
    .stroke('#444455')
  pdf.moveDown(1.6).font('bold').fontSize(14)
  for (const s of d.title) pdf.text(s, LEFT, pdf.y, { width: WIDTH, align: 'center' })
  pdf.moveDown(0.3).font('sans').fontSize(11.5).text(d.number, { width: WIDTH, align: 'center' })
  pdf.moveDown(1.2)
  for (const [label, value] of d.rows) {
    const y = pdf.y
    pdf
      .fontSize(9)
      .fillColor('#555566')
      .text(label, LEFT, y + 1, { width: 195 })
    const after = pdf.y
    pdf
      .fontSize(10.5)
      .fillColor('#111111')
      .text(value, LEFT + 205, y, { width: WIDTH - 205 })
    pdf.y = Math.max(pdf.y, after) + 5
  }
  if (d.table) drawTable(pdf, d.table)
  pdf.moveDown(0.8).fontSize(10)
  for (const s of d.body) pdf.text(s, LEFT, pdf.y, { width: WIDTH })
  const y = Math.max(pdf.y + 70, 560)
  drawCode(pdf, LEFT, y - 50, 80, d.code)
  drawSignature(pdf, LEFT + 150, y, d.signed, seed)
  if (d.seal !== null) drawSeal(pdf, LEFT + WIDTH - 70, y + 5, d.seal)
  drawMark(pdf)
}

function drawTable(pdf: PDFKit.PDFDocument, table: NonNullable<PaperDocument['table']>): void {
  let y = pdf.y + 6
  for (const [i, cells] of table.rows.entries()) {
    let x = LEFT
    for (const [c, cell] of cells.entries()) {
      const width = (table.widths[c] ?? 0) * WIDTH
      if (i === 0) pdf.rect(x, y, width, 22).fill('#eceef2')
      pdf.rect(x, y, width, 22).lineWidth(0.6).stroke('#667')
      pdf
        .font(i === 0 ? 'bold' : 'sans')
        .fontSize(8.5)
        .fillColor('#111')
      pdf.text(cell, x + 5, y + 7, { width: width - 8, height: 12, lineBreak: false })
      x += width
    }
    y += 22
  }
  pdf.font('sans').y = y + 12
}

function drawCode(pdf: PDFKit.PDFDocument, x: number, y: number, side: number, content: string): void {
  const rows = qrRows(content)
  const module = side / rows.length
  rows.forEach((row, r) => {
    row.forEach((dark, c) => {
      if (dark) pdf.rect(x + c * module, y + r * module, module + 0.06, module + 0.06)
    })
  })
  pdf.fill('#111')
}

function drawSignature(pdf: PDFKit.PDFDocument, x: number, y: number, name: string, seed: number): void {
  const random = new Random(seed, 'signature')
  pdf.moveTo(x + 6, y - 6)
  let at = x + 6
  for (let i = 0; i < 5; i++) {
    const to = at + random.between(14, 24)
    pdf.bezierCurveTo(
      at + 4,
      y - random.between(20, 34),
      to - 3,
      y - random.between(-4, 10),
      to,
      y - random.between(4, 14),
    )
    at = to
  }
  pdf.lineWidth(1.3).stroke('#1e3a9a')
  pdf
    .moveTo(x, y)
    .lineTo(x + 150, y)
    .lineWidth(0.6)
    .stroke('#333')
  pdf
    .font('sans')
    .fontSize(8.5)
    .fillColor('#445')
    .text(name, x, y + 4, { width: 190, lineBreak: false })
}

function drawSeal(pdf: PDFKit.PDFDocument, x: number, y: number, words: string): void {
  pdf
    .save()
    .rotate(-8, { origin: [x, y] })
    .opacity(0.75)
  pdf.circle(x, y, 48).lineWidth(2.2).stroke(INK).circle(x, y, 43).lineWidth(0.7).stroke(INK)
  pdf
    .font('bold')
    .fontSize(11)
    .fillColor(INK)
    .text('SAMPLE', x - 40, y - 16, { width: 80, align: 'center' })
  pdf
    .font('sans')
    .fontSize(6)
    .text(words, x - 38, y, { width: 76, align: 'center' })
  pdf.restore()
}

function drawMark(pdf: PDFKit.PDFDocument): void {
  for (const y of [230, 480, 720]) {
    pdf
      .save()
      .rotate(-24, { origin: [297, y] })
      .opacity(0.15)
      .font('bold')
      .fontSize(34)
      .fillColor('#c01818')
    pdf.text(SAMPLE_WORDS, 0, y - 17, { width: 595, align: 'center', lineBreak: false })
    pdf.restore()
  }
}
