import type { Buffer } from 'node:buffer'
import type { BatchBuilder } from '../batchBuilder.ts'
import { STORED } from '../rowBatch.ts'
import { SheetError } from '../sheetError.ts'
import type { SheetFindings } from '../sheetFindings.ts'
import { INLINE_END, isInlineEnd, isRowEnd, isValueEnd, PLAIN_TEXT, VALUE_END } from './cellEnds.ts'
import { CellReader } from './cellReader.ts'
import { parseReference } from './cellReference.ts'
import { RowAbove, SHAPE } from './rowAbove.ts'
import { rowAttributes } from './rowAttributes.ts'
import { RowStart } from './rowStart.ts'
import { LAST_COLUMN, LAST_ROW } from './xlsxLimits.ts'
import { TOKEN, XmlCursor } from './xmlCursor.ts'
import { decodeInPlace } from './xmlText.ts'

const SPACE = 32
const QUOTE = 34
const SLASH = 47
const LT = 60
const EQUALS = 61
const GT = 62

/** The `t` of a cell as the quick path tells it. */
const PLAIN = 0
const SHARED = 1
const FORMULA_TEXT = 2
const INLINE = 3

export interface RowScannerOptions {
  readonly dateStyles: Uint8Array
  /** Number of shared strings. */
  readonly stringCount: number
  readonly fromRow: number
  readonly findings: SheetFindings
}

/**
 * Scans the bytes of `<sheetData>` into a batch. Cells written as before in their column are read in one go (`RowAbove`), those in a shape
 * that nearly all writers use are taken at a glance; anything else goes to `CellReader`, and what that does not know is an error.
 */
export class RowScanner {
  /** Set once `</sheetData>` was read. */
  ended = false
  /** Whether the scan stopped inside a row. */
  inRow = false
  readonly #builder: BatchBuilder
  readonly #options: RowScannerOptions
  readonly #reader = new CellReader()
  readonly #above: RowAbove
  readonly #start = new RowStart()
  #prefix = ''
  #row = 0
  #rowHidden = false

  constructor(builder: BatchBuilder, options: RowScannerOptions) {
    this.#builder = builder
    this.#options = options
    this.#above = new RowAbove(builder, options.stringCount)
  }

  /** Prefix of the sheet's own elements with its colon, or ''. */
  set prefix(prefix: string) {
    this.#prefix = prefix
  }

  /** Row and column (from 1) the scan stands at, for error messages. */
  get place(): { row?: number; column?: number } {
    return this.#row === 0 ? {} : { row: this.#row, column: this.#above.column + (this.inRow ? 1 : 0) }
  }

  /** The bytes scanned so far were moved or given away. */
  moved(): void {
    this.#above.forget()
  }

  /** Scans `[at, limit)` until the batch is full, the data ends or the bytes do; where the next scan has to begin. */
  scan(bytes: Buffer, from: number, limit: number): number {
    const builder = this.#builder
    const quick = this.#prefix === ''
    this.#above.look(bytes)
    let at = from
    while (at < limit) {
      let after = 0
      if (this.inRow) {
        if (quick) {
          at = this.#above.read(bytes, at, limit)
          const letter = bytes[at + 1]
          if (bytes[at] !== LT) after = 0
          else if (letter === 99 && bytes[at + 2] === SPACE) after = this.#quickCell(bytes, at + 3)
          else if (letter === SLASH && isRowEnd(bytes, at)) {
            this.#endRow()
            after = at + 6
          }
        }
        if (after === 0) after = this.#thoroughInRow(bytes, at, limit)
      } else {
        if (quick) after = this.#quickRow(bytes, at)
        if (after === 0) after = this.#thoroughBetweenRows(bytes, at, limit)
      }
      if (after < 0) break
      at = after
      if (!this.inRow && (this.ended || builder.full(at))) break
    }
    return at
  }

  /** A cell from its first attribute on: `r="A1" s="2" t="s"><v>17</v></c>`. Where it ends, or 0 when it is not so simple. */
  #quickCell(bytes: Buffer, from: number): number {
    let i = from
    let column = 0
    let style = 0
    let head = 0
    let type = PLAIN
    for (;;) {
      if (bytes[i + 1] !== EQUALS || bytes[i + 2] !== QUOTE) return 0
      const name = bytes[i]
      const first = i === from
      i += 3
      let byte = bytes[i] as number
      if (name === 114) {
        while (byte >= 65 && byte <= 90) {
          column = column * 26 + byte - 64
          byte = bytes[++i] as number
        }
        let row = 0
        while (byte >= 48 && byte <= 57) {
          row = row * 10 + byte - 48
          byte = bytes[++i] as number
        }
        if (row !== this.#row || column === 0) return 0
        if (first) head = i
      } else if (name === 115) {
        while (byte >= 48 && byte <= 57) {
          style = style * 10 + byte - 48
          byte = bytes[++i] as number
        }
      } else if (name === 116) {
        if (byte === 115 && bytes[i + 1] === QUOTE) type = SHARED
        else if (byte === 115 && bytes[i + 1] === 116 && bytes[i + 2] === 114) type = FORMULA_TEXT
        else if (byte === 105 && bytes[i + 6] === 83 && bytes[i + 7] === 116 && bytes[i + 8] === 114) type = INLINE
        else if (byte !== 110) return 0
        i += type === INLINE ? 9 : type === FORMULA_TEXT ? 3 : 1
        byte = bytes[i] as number
      } else return 0
      if (byte !== QUOTE) return 0
      const next = bytes[i + 1]
      i += 2
      if (next === SPACE) continue
      if (next === GT) break
      if (next !== SLASH || bytes[i] !== GT) return 0
      if (!this.#place(column)) return 0
      this.#above.note(head, i + 1, i + 1, SHAPE.none, 0, 0)
      return i + 1
    }
    if (bytes[i] !== LT) return 0
    if (type === INLINE) return this.#quickInline(bytes, i, column, head)
    if (bytes[i + 1] !== 118 || bytes[i + 2] !== GT) return 0
    i += 3
    const start = i
    let byte = bytes[i] as number
    let index = 0
    let special = false
    if (type === SHARED) {
      while (byte >= 48 && byte <= 57) {
        index = index * 10 + byte - 48
        byte = bytes[++i] as number
      }
    } else if (type === PLAIN) {
      let point = false
      while (byte !== LT) {
        if (byte < 48 || byte > 57) {
          if (byte !== 46 || point) return 0
          point = true
        }
        byte = bytes[++i] as number
      }
    } else {
      while (byte !== LT) {
        if (byte === 38 || byte === 95 || byte === 13) special = true
        byte = bytes[++i] as number
      }
    }
    if (i === start || !isValueEnd(bytes, i)) return 0
    if (type === SHARED && index >= this.#options.stringCount) return 0
    if (!this.#place(column)) return 0
    if (type === SHARED) this.#addNoted(STORED.shared, head, start, i, SHAPE.shared, index)
    else if (type === PLAIN) {
      const stored = this.#options.dateStyles[style] === 1 ? STORED.date : STORED.number
      this.#addNoted(stored, head, start, i, SHAPE.number)
    } else if (special) this.#addDecoded(bytes, start, i)
    else this.#addNoted(STORED.text, head, start, i, SHAPE.value)
    return i + VALUE_END
  }

  /** `<is><t>…</t></is></c>` with or without `xml:space`. */
  #quickInline(bytes: Buffer, at: number, column: number, head: number): number {
    let i = at
    if (bytes[i + 1] !== 105 || bytes[i + 2] !== 115 || bytes[i + 3] !== GT) return 0
    if (bytes[i + 4] !== LT || bytes[i + 5] !== 116) return 0
    i += 6
    if (bytes[i] !== GT) {
      if (bytes[i] !== SPACE || bytes.toString('latin1', i, i + 22) !== ' xml:space="preserve">') return 0
      i += 21
    }
    i += 1
    const start = i
    let special = false
    for (;;) {
      while (PLAIN_TEXT[bytes[i] as number] === 1) i++
      if (bytes[i] === LT) break
      special = true
      i++
    }
    if (i === start || !isInlineEnd(bytes, i) || !this.#place(column)) return 0
    if (special) this.#addDecoded(bytes, start, i)
    else this.#addNoted(STORED.text, head, start, i, SHAPE.inline)
    return i + INLINE_END
  }

  /** Decoded bytes are no longer what stood in the file: the cell below cannot be held against them. */
  #addDecoded(bytes: Buffer, start: number, end: number): void {
    this.#add(STORED.text, start, decodeInPlace(bytes, start, end, true))
  }

  #addNoted(stored: number, head: number, start: number, end: number, shape: number, shared = -1): void {
    this.#add(stored, shared < 0 ? start : shared, shared < 0 ? end : 0)
    this.#above.note(head, start, end, shape, stored, shared)
  }

  /** Moves to a column (from 1; 0: the next one); false when the thorough path has to say what is wrong with it. */
  #place(column: number): boolean {
    const to = column === 0 ? this.#above.column + 1 : column
    if (to <= this.#above.column || to > LAST_COLUMN) return false
    this.#above.column = to
    return true
  }

  #add(stored: number, from: number, to: number): void {
    this.#builder.add(this.#above.column - 1, stored, from, to)
  }

  #quickRow(bytes: Buffer, at: number): number {
    const start = this.#start
    const after = start.read(bytes, this.#above.words, at)
    if (after === 0 || start.row <= this.#row || start.row > LAST_ROW) return 0
    this.#startRow(start.row, false)
    this.#above.begin(start.digitsAt, start.digits)
    return after
  }

  #startRow(row: number, hidden: boolean): void {
    this.#row = row
    this.#rowHidden = hidden
    this.inRow = true
    this.#above.begin(0, 0)
  }

  #endRow(): void {
    const builder = this.#builder
    const { findings, fromRow } = this.#options
    this.inRow = false
    const kept = this.#row >= fromRow && builder.cells > (builder.cellStart[builder.rows] as number)
    this.#above.end(kept)
    if (!kept) {
      builder.cells = builder.cellStart[builder.rows] as number
      return
    }
    if (this.#rowHidden) findings.note('hidden-rows', this.#row)
    const width = builder.lastColumn + 1
    if (width > findings.columns) findings.columns = width
    findings.rows += 1
    builder.endRow(this.#row, this.#rowHidden, this.#above.repeated)
  }

  #thoroughBetweenRows(bytes: Buffer, at: number, limit: number): number {
    const cursor = new XmlCursor(bytes, at, limit)
    const token = cursor.next()
    if (token === TOKEN.more) return -1
    if (token === TOKEN.text) this.#blank(cursor)
    if (token === TOKEN.text || token === TOKEN.other) return cursor.at
    const name = cursor.prefix() === this.#prefix ? cursor.name() : cursor.prefix() + cursor.name()
    if (name === 'sheetData' && token === TOKEN.close) {
      this.ended = true
    } else if (name === 'row' && token !== TOKEN.close) {
      const { row, hidden } = rowAttributes(cursor, this.#row + 1)
      if (row > LAST_ROW) throw new SheetError('sheet-too-large', { limit: LAST_ROW, actual: row })
      if (row <= this.#row) throw new SheetError('sheet-broken-part', { reason: 'order', row, actual: this.#row })
      this.#startRow(row, hidden)
      if (token === TOKEN.empty) this.inRow = false
    } else throw new SheetError('sheet-unsupported', { found: name })
    return cursor.at
  }

  #thoroughInRow(bytes: Buffer, at: number, limit: number): number {
    const cursor = new XmlCursor(bytes, at, limit)
    const token = cursor.next()
    if (token === TOKEN.more) return -1
    if (token === TOKEN.text) this.#blank(cursor)
    if (token === TOKEN.text || token === TOKEN.other) return cursor.at
    const name = cursor.prefix() === this.#prefix ? cursor.name() : cursor.prefix() + cursor.name()
    if (name === 'row' && token === TOKEN.close) {
      this.#endRow()
      return cursor.at
    }
    if (name === 'c' && token !== TOKEN.close) return this.#thoroughCell(bytes, at, limit)
    if (name === 'extLst' && token !== TOKEN.close) return token === TOKEN.empty ? cursor.at : cursor.skipRest()
    throw new SheetError('sheet-unsupported', { found: name })
  }

  #thoroughCell(bytes: Buffer, at: number, limit: number): number {
    const reader = this.#reader
    const after = reader.read(bytes, at, limit, this.#prefix)
    if (after < 0) return -1
    let column = this.#above.column + 1
    if (reader.reference !== null) {
      const reference = parseReference(reader.reference)
      if (reference.row !== this.#row || reference.column < column) {
        throw new SheetError('sheet-broken-part', {
          reason: 'order',
          row: this.#row,
          column: reference.column,
          value: reader.reference,
        })
      }
      column = reference.column
    }
    if (column > LAST_COLUMN) throw new SheetError('sheet-too-wide', { limit: LAST_COLUMN, actual: column })
    this.#above.column = column
    if (reader.stored === 0) return after
    const { dateStyles, stringCount, findings, fromRow } = this.#options
    let stored = reader.stored
    if (stored === STORED.shared && reader.from >= stringCount) {
      throw new SheetError('sheet-broken-part', { value: String(reader.from), reason: 'no such shared string' })
    }
    if (stored === STORED.number && dateStyles[reader.style] === 1) stored = STORED.date
    this.#add(stored, reader.from, reader.to)
    if (this.#row >= fromRow) {
      if (stored === STORED.uncalculated) findings.note('uncalculated-formulas', this.#row, column)
      if (stored === STORED.error) findings.note('error-cells', this.#row, column)
    }
    return after
  }

  #blank(cursor: XmlCursor): void {
    if (cursor.text().trim() !== '') throw new SheetError('sheet-broken-part', { reason: 'text between tags' })
  }
}
