import { STORED } from '../rowBatch.ts'
import { SheetError } from '../sheetError.ts'
import type { SheetFindings } from '../sheetFindings.ts'
import type { TextBatch } from '../textBatch.ts'
import { LAST_COLUMN, LAST_ROW } from '../xlsx/xlsxLimits.ts'
import type { XmlCursor } from '../xlsx/xmlCursor.ts'
import type { ContentVisitor } from './odsContent.ts'
import { OdsText } from './odsText.ts'
import { type OdsCellAttributes, odsValue } from './odsValue.ts'

/** Cells that repetition may add to those that are written out: a small file could ask for 17,000 million. */
const MOST_REPEATED = 5_000_000

interface OdsCell {
  readonly column: number
  readonly repeated: number
  readonly stored: number
  readonly text: string
}

interface OpenCell extends OdsCellAttributes {
  readonly repeated: number
}

/** Called after every row that is closed; rows of the batch may be taken then. */
export type RowClosed = () => void

/** Collects the rows of one table of content.xml (OpenDocument 1.3, part 3, 9). */
export class OdsRows implements ContentVisitor {
  readonly #wanted: string
  readonly #batch: TextBatch
  readonly #findings: SheetFindings
  readonly #fromRow: number
  readonly #closed: RowClosed
  readonly #text = new OdsText()
  #inside = false
  #depth = 0
  #row = 0
  #rowRepeated = 1
  #rowHidden = false
  #column = 0
  #columns = 0
  #cells: OdsCell[] = []
  #cell: OpenCell | null = null
  #added = 0

  constructor(wanted: string, batch: TextBatch, findings: SheetFindings, fromRow: number, closed: RowClosed) {
    this.#wanted = wanted
    this.#batch = batch
    this.#findings = findings
    this.#fromRow = fromRow
    this.#closed = closed
  }

  /** Row (from 1) the reading stands at. */
  get row(): number {
    return this.#row + 1
  }

  open(name: string, cursor: XmlCursor): void {
    if (name === 'table:table') {
      this.#depth += 1
      if (this.#inside) throw new SheetError('sheet-unsupported', { found: 'table in a table', row: this.row })
      this.#inside = this.#depth === 1 && cursor.attribute('table:name') === this.#wanted
    } else if (!this.#inside) return
    else if (name === 'table:table-row') this.#openRow(cursor)
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') this.#openCell(cursor)
    else if (name === 'table:table-column') this.#openColumn(cursor)
    else if (this.#cell !== null) this.#text.open(name, cursor)
  }

  close(name: string): void {
    if (name === 'table:table') {
      this.#depth -= 1
      this.#inside = false
    } else if (!this.#inside) return
    else if (name === 'table:table-row') this.#closeRow()
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') this.#closeCell()
    else if (this.#cell !== null) this.#text.close(name)
  }

  text(text: string): void {
    if (this.#cell !== null) this.#text.text(text)
  }

  #openColumn(cursor: XmlCursor): void {
    const visibility = cursor.attribute('table:visibility')
    if (visibility === 'collapse' || visibility === 'filter')
      this.#findings.note('hidden-columns', 1, this.#columns + 1)
    this.#columns += repetition(cursor, 'table:number-columns-repeated')
  }

  #openRow(cursor: XmlCursor): void {
    const visibility = cursor.attribute('table:visibility')
    this.#rowHidden = visibility === 'collapse' || visibility === 'filter'
    this.#rowRepeated = repetition(cursor, 'table:number-rows-repeated')
    this.#cells = []
    this.#column = 0
  }

  #openCell(cursor: XmlCursor): void {
    const attributes = new Map(cursor.attributes())
    const type = attributes.get('office:value-type') ?? null
    const value =
      attributes.get('office:value') ??
      attributes.get('office:date-value') ??
      attributes.get('office:time-value') ??
      attributes.get('office:boolean-value') ??
      attributes.get('office:string-value') ??
      ''
    this.#cell = {
      type,
      value,
      repeated: repetition(cursor, 'table:number-columns-repeated'),
      formula: attributes.has('table:formula'),
      error: attributes.get('calcext:value-type') === 'error',
    }
    this.#merge(attributes)
    this.#text.start()
  }

  #merge(attributes: ReadonlyMap<string, string>): void {
    const columns = Number(attributes.get('table:number-columns-spanned') ?? 1)
    const rows = Number(attributes.get('table:number-rows-spanned') ?? 1)
    if (!(columns > 1 || rows > 1)) return
    const firstRow = this.#row + 1
    const firstColumn = this.#column + 1
    this.#findings.merge({ firstRow, firstColumn, lastRow: firstRow + rows - 1, lastColumn: firstColumn + columns - 1 })
  }

  #closeCell(): void {
    const cell = this.#cell
    if (cell === null) throw new SheetError('sheet-broken-part', { reason: 'cell', row: this.row })
    this.#cell = null
    const { stored, text } = odsValue(cell, this.#text.end(), { row: this.row, column: this.#column + 1 })
    if (stored !== 0) {
      if (this.#column + cell.repeated > LAST_COLUMN)
        throw new SheetError('sheet-too-wide', { limit: LAST_COLUMN, row: this.row })
      this.#cells.push({ column: this.#column, repeated: cell.repeated, stored, text })
    }
    this.#column += cell.repeated
  }

  #closeRow(): void {
    const first = this.#row + 1
    this.#row += this.#rowRepeated
    if (this.#cells.length === 0) return
    const last = first + this.#rowRepeated - 1
    if (last > LAST_ROW) throw new SheetError('sheet-too-large', { limit: LAST_ROW, actual: last })
    for (let row = first; row <= last; row++) {
      if (row < this.#fromRow) continue
      for (const cell of this.#cells) this.#addCell(cell, row)
      this.#batch.endRow(row, this.#rowHidden)
      this.#closed()
    }
    this.#cells = []
  }

  #addCell({ column, repeated, stored, text }: OdsCell, row: number): void {
    if (repeated > 1 || this.#rowRepeated > 1) {
      this.#added += repeated
      if (this.#added > MOST_REPEATED)
        throw new SheetError('sheet-bomb', { limit: MOST_REPEATED, row, reason: 'repeated cells' })
    }
    for (let i = 0; i < repeated; i++) {
      this.#batch.add(column + i, stored, text)
      if (stored === STORED.uncalculated) this.#findings.note('uncalculated-formulas', row, column + i + 1)
      if (stored === STORED.error) this.#findings.note('error-cells', row, column + i + 1)
    }
  }
}

function repetition(cursor: XmlCursor, attribute: string): number {
  const value = cursor.attribute(attribute)
  if (value === null) return 1
  const count = /^\d{1,9}$/.test(value) ? Number(value) : 0
  if (count < 1) throw new SheetError('sheet-broken-part', { reason: attribute, value: value.slice(0, 40) })
  return count
}
