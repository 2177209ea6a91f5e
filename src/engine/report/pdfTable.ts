import { PAGE, type Pdf } from './pdfPage.ts'

/** Texts of a table with four columns: label, code, count, share. */
export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly total: readonly string[]
}

const COLUMNS = [
  { left: PAGE.left + 4, width: 228, isNumber: false },
  { left: PAGE.left + 240, width: 118, isNumber: false },
  { left: PAGE.left + 364, width: 72, isNumber: true },
  { left: PAGE.left + 440, width: 55, isNumber: true },
] as const
const ROW = 15

/** Draws a table that goes on over pages, its header on each. */
export function drawTable(pdf: Pdf, table: Table): void {
  if (pdf.y + 4 * ROW > PAGE.bottom) addPage(pdf)
  drawHeader(pdf, table.header)
  for (const [index, row] of table.rows.entries()) {
    if (pdf.y + ROW > PAGE.bottom) {
      addPage(pdf)
      drawHeader(pdf, table.header)
    }
    if (index % 2 === 1) pdf.rect(PAGE.left, pdf.y, PAGE.right - PAGE.left, ROW).fill('#f1f3f5')
    drawRow(pdf, row, 'text')
  }
  if (pdf.y + ROW > PAGE.bottom) addPage(pdf)
  pdf.moveTo(PAGE.left, pdf.y).lineTo(PAGE.right, pdf.y).lineWidth(0.8).stroke('black')
  drawRow(pdf, table.total, 'bold')
}

function addPage(pdf: Pdf): void {
  pdf.addPage()
  pdf.y = PAGE.top
}

function drawHeader(pdf: Pdf, header: readonly string[]): void {
  pdf.rect(PAGE.left, pdf.y, PAGE.right - PAGE.left, ROW).fill('#1f4e79')
  drawRow(pdf, header, 'bold', 'white')
}

function drawRow(pdf: Pdf, cells: readonly string[], font: 'text' | 'bold', colour = 'black'): void {
  const top = pdf.y
  pdf.font(font).fontSize(8.5).fillColor(colour)
  for (const [index, { left, width, isNumber }] of COLUMNS.entries()) {
    const text = cutToWidth(pdf, cells[index] ?? '', width)
    pdf.text(text, isNumber ? left + width - pdf.widthOfString(text) : left, top + 3, { lineBreak: false })
  }
  pdf.y = top + ROW
}

/** Cuts a text that is wider than its place, at a letter; control characters are not drawn. */
export function cutToWidth(pdf: Pdf, text: string, width: number): string {
  const clean = [...text.replace(/\p{Cc}/gu, ' ')]
  if (pdf.widthOfString(clean.join('')) <= width) return clean.join('')
  let low = 0
  let high = clean.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (pdf.widthOfString(`${clean.slice(0, middle).join('')}…`) <= width) low = middle
    else high = middle - 1
  }
  return `${clean.slice(0, low).join('')}…`
}
