import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import type { Lang } from '../../contract/value.ts'
import { type Written, writeAtomically } from '../../sheet/write/atomicFile.ts'
import { chartHeight, drawChart, type PaperChart } from './chart.ts'
import { drawable } from './fitText.ts'
import { registerFonts } from './fonts.ts'
import { INK, type Orientation, PAGES, type PageRoom, type Pdf } from './page.ts'
import { pageText } from './pageText.ts'
import { drawQr } from './qrCode.ts'
import { drawTable, type PaperTable } from './table.ts'

export interface PaperSpec {
  readonly title: string
  /** Language of the footer's "page n of m" and of the document. */
  readonly language: Lang
  /** At the left of every page's foot, beside the number of page. */
  readonly footer: string
  readonly orientation?: Orientation
  /** Written into the file as its date of creation; the same paper at the same instant has the same bytes. */
  readonly createdAt?: Date
}

export interface TextLook {
  readonly size?: number
  readonly bold?: boolean
  readonly align?: 'left' | 'right' | 'center' | 'justify'
  readonly colour?: string
  /** Points from the left and right edge of the text. */
  readonly indent?: number
  readonly indentRight?: number
  /** Empty points below. */
  readonly after?: number
  /** Not torn between two pages, with so many points more kept beneath it; 0: goes on over pages. */
  readonly together?: number
}

const FOOTER_SIZE = 7

/** An A4 document for print, written from top to bottom; every page gets a footer with its number. In points of 1/72 inch. */
export class Paper {
  /** The document itself, for what this class has no method for. */
  readonly pdf: Pdf
  readonly room: PageRoom
  readonly #spec: PaperSpec
  readonly #bytes: Promise<Buffer>

  constructor(spec: PaperSpec) {
    const orientation = spec.orientation ?? 'portrait'
    this.#spec = spec
    this.room = PAGES[orientation]
    const { left, right, top } = this.room
    this.pdf = new PDFDocument({
      size: 'A4',
      layout: orientation,
      // pages end where this class says so: pdfkit would else add one when the footer is drawn
      margins: { left, right: (orientation === 'portrait' ? 595 : 842) - right, top, bottom: 0 },
      bufferPages: true,
      info: {
        Title: spec.title,
        Producer: 'Tamga',
        Creator: 'Tamga',
        ...(spec.createdAt ? { CreationDate: spec.createdAt } : {}),
      },
      lang: spec.language,
    })
    this.#bytes = buffer(this.pdf)
    registerFonts(this.pdf)
    this.pdf.font('text').fontSize(10)
  }

  get y(): number {
    return this.pdf.y
  }
  set y(top: number) {
    this.pdf.y = top
  }

  /** A paragraph; goes on over pages line by line. */
  text(text: string, look: TextLook = {}): this {
    const { size = 10, bold = false, align = 'left', colour = 'black', indent = 0, indentRight = 0, after = 6 } = look
    const { together = 0 } = look
    const width = this.room.right - this.room.left - indent - indentRight
    const { pdf } = this
    pdf.font(bold ? 'bold' : 'text').fontSize(size)
    const height = together > 0 ? pdf.heightOfString(drawable(text), { width }) : 0
    // what is long is broken all the same: much of a page must not stay empty for it
    if (height > 0 && height < (this.room.bottom - this.room.top) / 6) this.keep(height + together - 1)
    for (const paragraph of text.split('\n')) {
      for (const part of this.#partsThatFit(drawable(paragraph), width)) {
        pdf.fillColor(colour).text(part, this.room.left + indent, pdf.y, { width, align })
      }
    }
    pdf.y += after
    return this
  }

  heading(text: string, size = 12): this {
    this.keep(size + 30)
    return this.text(text, { size, bold: true, after: 4 })
  }

  /** Labels with their values, two columns. */
  facts(rows: Iterable<{ readonly label: string; readonly value: string }>, labelWidth = 150): this {
    const { pdf, room } = this
    for (const { label, value } of rows) {
      const width = room.right - room.left - labelWidth - 6
      pdf.font('bold').fontSize(8)
      const labelHeight = pdf.heightOfString(drawable(label), { width: labelWidth })
      pdf.font('text')
      this.keep(Math.max(labelHeight, pdf.heightOfString(drawable(value), { width })) + 2)
      const top = pdf.y
      pdf.font('bold').fillColor('black').text(drawable(label), room.left, top, { width: labelWidth })
      const low = pdf.y
      pdf.font('text').text(drawable(value), room.left + labelWidth + 6, top, { width })
      pdf.y = Math.max(pdf.y, low) + 2
    }
    return this
  }

  table(table: PaperTable): this {
    drawTable(this.pdf, this.room, table, () => this.newPage())
    this.pdf.y += 8
    return this
  }

  /** A chart in vectors, told apart by patterns; on the next page if it does not fit here. */
  chart(chart: PaperChart): this {
    this.keep(chartHeight(chart))
    drawChart(this.pdf, this.room, chart)
    return this
  }

  /** A QR code of the text; by default at the top right of the page being written. Moves nothing. */
  qr(text: string, place: { left?: number; top?: number; size?: number } = {}): this {
    const size = place.size ?? 84
    const { y } = this.pdf
    drawQr(this.pdf, text, { left: place.left ?? this.room.right - size, top: place.top ?? this.room.top, size })
    this.pdf.y = y
    return this
  }

  /** A PNG or JPEG within a box, its proportions kept; on the next page if it does not fit here. */
  picture(bytes: Uint8Array, box: { width: number; height: number; left?: number }): this {
    this.keep(box.height)
    const top = this.pdf.y
    this.pdf.image(Buffer.from(bytes), box.left ?? this.room.left, top, { fit: [box.width, box.height] })
    this.pdf.y = top + box.height + 6
    return this
  }

  rule(): this {
    const { left, right } = this.room
    this.pdf.moveTo(left, this.pdf.y).lineTo(right, this.pdf.y).lineWidth(0.7).stroke(INK)
    this.pdf.y += 6
    return this
  }

  space(points: number): this {
    this.pdf.y += points
    return this
  }

  /** Begins a page when less than so many points are left on this one. */
  keep(points: number): this {
    if (this.pdf.y + points > this.room.bottom && this.pdf.y > this.room.top) this.newPage()
    return this
  }

  newPage(): this {
    this.pdf.addPage()
    this.pdf.y = this.room.top
    return this
  }

  /** Ends the document. */
  async bytes(): Promise<Uint8Array> {
    const { start, count } = this.pdf.bufferedPageRange()
    for (let page = 0; page < count; page++) {
      this.pdf.switchToPage(start + page)
      this.#drawFooter(page + 1, count)
    }
    this.pdf.end()
    return this.#bytes
  }

  /** Ends the document and writes it; it appears under its name only when complete. Throws SheetError, as `writeXlsx` does. */
  async write(path: string, signal?: AbortSignal): Promise<Written> {
    const whole = Buffer.from(await this.bytes())
    return writeAtomically(path, async (file) => {
      signal?.throwIfAborted()
      await file.write(whole)
      return 0
    })
  }

  #drawFooter(page: number, pages: number): void {
    const { pdf, room } = this
    const { left, right, footer } = room
    pdf
      .moveTo(left, footer - 4)
      .lineTo(right, footer - 4)
      .lineWidth(0.5)
      .stroke('#444444')
    pdf.fillColor('#222222').font('text').fontSize(FOOTER_SIZE)
    pdf.text(drawable(this.#spec.footer), left, footer, { lineBreak: false })
    const number = pageText(this.#spec.language, page, pages)
    pdf.text(number, right - pdf.widthOfString(number), footer, { lineBreak: false })
  }

  /** Cuts a paragraph at words so that each part ends on a page. */
  *#partsThatFit(text: string, width: number): Generator<string> {
    const { pdf, room } = this
    let rest = text
    while (true) {
      const left = room.bottom - pdf.y
      if (pdf.heightOfString(rest || ' ', { width }) <= left) break
      const words = rest.split(' ')
      let low = 0
      let high = words.length
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (pdf.heightOfString(words.slice(0, middle).join(' '), { width }) <= left) low = middle
        else high = middle - 1
      }
      if (low > 0 && pdf.currentLineHeight() <= left) {
        yield words.slice(0, low).join(' ')
        rest = words.slice(low).join(' ')
      } else if (pdf.y <= room.top) break
      const size = pdf.currentLineHeight()
      this.newPage()
      if (size > room.bottom - room.top) break
    }
    yield rest || ' '
  }
}
