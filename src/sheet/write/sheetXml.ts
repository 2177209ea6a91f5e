import { serialOfIso } from '../excelDate.ts'
import { SheetError } from '../sheetError.ts'
import { columnLetters } from '../xlsx/cellReference.ts'
import {
  type CellInput,
  type CellValue,
  isMarked,
  isoOfDate,
  isParted,
  type PartedRow,
  type RowInput,
} from './cellInput.ts'
import { PartTexts } from './partTexts.ts'
import type { ColumnSpec, ColumnType } from './sheetSpec.ts'
import type { StyleBook, StyleMark } from './styleBook.ts'
import { escapeText } from './xmlEscape.ts'

/** A cell holds no more characters; a spreadsheet program would call the file broken. */
const LONGEST_TEXT = 32_767

/** In points; a row may be at most 409 points high. */
const ROW_HEIGHT = 15
const MOST_LINES = 27

const FORMATS: Record<ColumnType, string> = {
  // Text columns are marked as text, so that an identifier edited in the spreadsheet stays one.
  text: '@',
  number: 'General',
  date: 'dd.mm.yyyy',
  dateTime: 'dd.mm.yyyy hh:mm:ss',
  bool: 'General',
}

/** Writes the rows of one sheet as XML. A value that does not fit its column's type is written as what it is. */
export class SheetXml {
  readonly #columns: readonly ColumnSpec[]
  readonly #letters: string[]
  readonly #formats: string[]
  readonly #plain: string[]
  readonly #styles: StyleBook
  readonly #name: string
  /** Parts of rows by the column where they begin: XML in pieces, the number of the row between each two. */
  readonly #parts: PartTexts<readonly string[]>[] = []

  constructor(name: string, columns: readonly ColumnSpec[], styles: StyleBook) {
    this.#name = name
    this.#columns = columns
    this.#styles = styles
    this.#letters = columns.map((_, i) => columnLetters(i + 1))
    this.#formats = columns.map(({ type, format }) => format ?? FORMATS[type])
    this.#plain = this.#formats.map((format) => styleAttribute(styles.style(format, '')))
  }

  /** Everything before the first row: frozen header, column widths. */
  start(): string {
    const widths = this.#columns.map(({ width, type, header }, i) => {
      const fitting = type === 'text' ? 18 : type === 'dateTime' ? 20 : 12
      const wide = width ?? Math.min(60, Math.max(fitting, header.length + 3))
      return `<col min="${i + 1}" max="${i + 1}" width="${wide}" customWidth="1"/>`
    })
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' +
      ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">' +
      '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
      '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>' +
      (widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`) +
      '<sheetData>' +
      this.#headerRow()
    )
  }

  /** Everything after the last row. */
  end(lastRow: number, drawingId: string | null): string {
    const last = this.#letters.at(-1)
    const filter = last === undefined ? '' : `<autoFilter ref="A1:${last}${lastRow}"/>`
    return `</sheetData>${filter}${PRINT}${drawingId === null ? '' : `<drawing r:id="${drawingId}"/>`}</worksheet>`
  }

  /** One row; `number` counts from 1. */
  row(number: number, row: RowInput): string {
    return isParted(row) ? this.#partedRow(number, row) : this.#plainRow(number, row)
  }

  #partedRow(number: number, { first, parts }: PartedRow): string {
    let xml = isEmpty(first) ? '' : this.#cell(`${this.#letters[0]}${number}`, number, 0, first, '')
    let column = 1
    for (const part of parts) {
      this.#checkWidth(number, column + part.length)
      xml += this.#partsAt(column, number).of(part).join(String(number))
      column += part.length
    }
    return `<row r="${number}">${xml}</row>`
  }

  /** A text that a cell cannot hold is refused with the number of the first row that has it. */
  #partsAt(column: number, number: number): PartTexts<readonly string[]> {
    this.#parts[column] ??= new PartTexts((part) =>
      part
        .map((value, i) =>
          isEmpty(value) ? '' : this.#cell(`${this.#letters[column + i]}${ROW}`, number, column + i, value, ''),
        )
        .join('')
        .split(ROW),
    )
    return this.#parts[column]
  }

  #checkWidth(row: number, width: number): void {
    if (width > this.#columns.length)
      throw new SheetError('sheet-unwritable-value', {
        sheet: this.#name,
        row,
        column: width,
        reason: 'no such column',
      })
  }

  #plainRow(number: number, cells: readonly CellInput[]): string {
    this.#checkWidth(number, cells.length)
    let xml = ''
    let lines = 1
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]
      if (cell === null || cell === undefined || cell === '') continue
      const place = `${this.#letters[i]}${number}`
      xml += isMarked(cell)
        ? this.#cell(place, number, i, cell.value, cell.mark)
        : this.#cell(place, number, i, cell, '')
      if (isMarked(cell) && cell.mark === 'wrap') lines = Math.max(lines, this.#lines(i, String(cell.value ?? '')))
    }
    // not every program makes room by itself for a text that goes on over lines
    const height = lines === 1 ? '' : ` ht="${lines * ROW_HEIGHT}" customHeight="1"`
    return `<row r="${number}"${height}>${xml}</row>`
  }

  /** Lines a text takes in its column, roughly: letters are not all as wide as a digit. */
  #lines(column: number, text: string): number {
    const width = this.#columns[column]?.width ?? 18
    return Math.min(MOST_LINES, Math.ceil((text.length * 1.15) / width))
  }

  #headerRow(): string {
    const style = styleAttribute(this.#styles.style('@', 'header'))
    const cells = this.#columns.map(({ header }, i) =>
      textCell(`${this.#letters[i]}1`, style, this.#checked(header, 1, i)),
    )
    return `<row r="1">${cells.join('')}</row>`
  }

  #cell(place: string, row: number, column: number, value: CellValue, mark: StyleMark): string {
    if (typeof value === 'string') {
      const serial = isDateType(this.#columns[column]) ? serialOfIso(value) : null
      if (serial !== null) return `<c r="${place}"${this.#style(column, mark)}><v>${serial}</v></c>`
      return textCell(place, this.#style(column, mark), this.#checked(value, row, column))
    }
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) throw this.#refusal(row, column, String(value))
      // A bare number in a column of dates is no date and must not look like one.
      const style = isDateType(this.#columns[column]) ? this.#otherStyle('General', mark) : this.#style(column, mark)
      return `<c r="${place}"${style}><v>${value}</v></c>`
    }
    if (typeof value === 'boolean')
      return `<c r="${place}"${this.#style(column, mark)} t="b"><v>${value ? 1 : 0}</v></c>`
    if (value === null || value === undefined) return mark === '' ? '' : `<c r="${place}"${this.#style(column, mark)}/>`
    if (Number.isNaN(value.getTime())) throw this.#refusal(row, column, 'Invalid Date')
    const iso = isoOfDate(value)
    const serial = serialOfIso(iso)
    if (serial === null) return textCell(place, this.#style(column, mark), iso)
    const style = isDateType(this.#columns[column])
      ? this.#style(column, mark)
      : this.#otherStyle(iso.length > 10 ? FORMATS.dateTime : FORMATS.date, mark)
    return `<c r="${place}"${style}><v>${serial}</v></c>`
  }

  #style(column: number, mark: StyleMark): string {
    return mark === '' ? (this.#plain[column] as string) : this.#otherStyle(this.#formats[column] as string, mark)
  }

  #otherStyle(format: string, mark: StyleMark): string {
    return styleAttribute(this.#styles.style(format, mark))
  }

  #checked(text: string, row: number, column: number): string {
    if (text.length > LONGEST_TEXT) throw this.#refusal(row, column, `${text.slice(0, 60)}…`)
    return text
  }

  #refusal(row: number, column: number, value: string): SheetError {
    return new SheetError('sheet-unwritable-value', { sheet: this.#name, row, column: column + 1, value })
  }
}

/** Stands for the number of a row where that is not known yet; no XML carries it. */
const ROW = '\u0000'

const isEmpty = (value: CellValue): value is null | undefined | '' =>
  value === null || value === undefined || value === ''

/** Printed across an A4 page as wide as the columns are, over as many pages as it takes. */
const PRINT =
  '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'

function isDateType(column: ColumnSpec | undefined): boolean {
  return column?.type === 'date' || column?.type === 'dateTime'
}

function styleAttribute(style: number): string {
  return style === 0 ? '' : ` s="${style}"`
}

/** Readers may drop white space at the ends of a text unless told to keep it. */
const NEEDS_SPACE = /^\s|\s$|[\t\n]/

function textCell(place: string, style: string, text: string): string {
  const keep = NEEDS_SPACE.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${place}"${style} t="inlineStr"><is><t${keep}>${escapeText(text)}</t></is></c>`
}
