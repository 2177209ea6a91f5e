import { cutToWidth, drawable } from './fitText.ts'
import { INK, type PageRoom, type Pdf } from './page.ts'

export interface PaperColumn {
  readonly header: string
  /** Its part of the width of the page; parts of all columns are added up. */
  readonly width: number
  /** Numbers stand at the right. */
  readonly align?: 'left' | 'right'
  /** A long text goes on over lines; otherwise it is cut. */
  readonly wrap?: boolean
}

export interface PaperTable {
  readonly columns: readonly PaperColumn[]
  readonly rows: Iterable<readonly string[]>
  /** A last row in bold under a rule. */
  readonly total?: readonly string[]
}

interface Place {
  readonly left: number
  readonly width: number
  readonly column: PaperColumn
}

const SIZE = 8.5
const PADDING = 4
const LINE = 15

/** Draws a table that goes on over pages, its header on each. A row is never torn apart. */
export function drawTable(pdf: Pdf, room: PageRoom, table: PaperTable, addPage: () => void): void {
  const places = placesOf(table.columns, room)
  const header = table.columns.map((column) => column.header)
  const row = new RowPainter(pdf, room, places)
  const headerHeight = row.height(header, 'bold', true)
  if (pdf.y + headerHeight + 3 * LINE > room.bottom) addPage()
  row.draw(header, { font: 'bold', wraps: true, colour: 'white', ground: INK })
  let index = 0
  for (const cells of table.rows) {
    const height = row.height(cells, 'text', false)
    if (pdf.y + height > room.bottom) {
      addPage()
      row.draw(header, { font: 'bold', wraps: true, colour: 'white', ground: INK })
    }
    row.draw(cells, { font: 'text', wraps: false, colour: 'black', ground: index % 2 === 1 ? '#f1f3f5' : null })
    index++
  }
  if (!table.total) return
  if (pdf.y + LINE > room.bottom) addPage()
  pdf.moveTo(room.left, pdf.y).lineTo(room.right, pdf.y).lineWidth(0.8).stroke('black')
  row.draw(table.total, { font: 'bold', wraps: false, colour: 'black', ground: null })
}

function placesOf(columns: readonly PaperColumn[], room: PageRoom): Place[] {
  const parts = columns.reduce((sum, { width }) => sum + width, 0)
  let left = room.left
  return columns.map((column) => {
    const width = ((room.right - room.left) * column.width) / parts
    const place = { left: left + PADDING, width: width - 2 * PADDING, column }
    left += width
    return place
  })
}

interface RowLook {
  readonly font: 'text' | 'bold'
  /** Every cell goes on over lines, whatever its column says. */
  readonly wraps: boolean
  readonly colour: string
  readonly ground: string | null
}

class RowPainter {
  readonly #pdf: Pdf
  readonly #room: PageRoom
  readonly #places: readonly Place[]

  constructor(pdf: Pdf, room: PageRoom, places: readonly Place[]) {
    this.#pdf = pdf
    this.#room = room
    this.#places = places
  }

  height(cells: readonly string[], font: 'text' | 'bold', wraps: boolean): number {
    let height = LINE
    this.#pdf.font(font).fontSize(SIZE)
    for (const [i, { width, column }] of this.#places.entries())
      if (wraps || column.wrap)
        height = Math.max(height, this.#pdf.heightOfString(drawable(cells[i] ?? ''), { width }) + 5)
    return height
  }

  draw(cells: readonly string[], { font, wraps, colour, ground }: RowLook): void {
    const pdf = this.#pdf
    const height = this.height(cells, font, wraps)
    const top = pdf.y
    if (ground !== null) pdf.rect(this.#room.left, top, this.#room.right - this.#room.left, height).fill(ground)
    pdf.fillColor(colour)
    for (const [i, { left, width, column }] of this.#places.entries()) {
      const align = column.align ?? 'left'
      if (wraps || column.wrap) pdf.text(drawable(cells[i] ?? ''), left, top + 3, { width, align })
      else {
        const text = cutToWidth(pdf, cells[i] ?? '', width)
        pdf.text(text, align === 'right' ? left + width - pdf.widthOfString(text) : left, top + 3, { lineBreak: false })
      }
    }
    pdf.y = top + height
  }
}
