import { BATCH_BYTES, type BatchBuilder } from '../batchBuilder.ts'
import { ByteWindow } from '../byteWindow.ts'
import type { RowBatch } from '../rowBatch.ts'
import { STORED, STORED_BITS, TRIPLE } from '../rowBatch.ts'
import { SheetError } from '../sheetError.ts'
import type { SheetFindings } from '../sheetFindings.ts'

const QUOTE = 34
const CR = 13
const LF = 10
const LT = 60
const WINDOW_SIZE = BATCH_BYTES + (1 << 20)
const LAST_COLUMN = 16_384
const LONGEST_ROW = 64 << 20
/** Rows with more cells than this are not plain. */
const SPARE_CELLS = 256
/** A quote that is still open after so many bytes was never meant to be closed. */
const LONGEST_QUOTED = 8 << 20

interface Repair {
  readonly cell: number
  /** The closing quote, and where the field ends. */
  readonly close: number
  readonly end: number
}

/**
 * Splits UTF-8 text (RFC 4180 and what is sent instead) into rows. Quotes count only at the start of a field; a quote inside an
 * unquoted field is text. Rows end at LF, CR or CRLF. All cells are text.
 */
export class CsvScanner {
  readonly #window = new ByteWindow(WINDOW_SIZE)
  readonly #builder: BatchBuilder
  readonly #delimiter: number
  readonly #fromRow: number
  readonly #findings: SheetFindings
  #at = 0
  #retryAt = 0
  #row = 0
  #usualWidth = 0
  #ended = false
  #nuls = 0
  /** Quoted fields of the row that have to be rewritten, which is done once the whole row is there. */
  readonly #repairs: Repair[] = []
  /** 1 for bytes that a field without quotes simply goes on with; `<` stands behind the data. */
  readonly #plain = new Uint8Array(256).fill(1)

  constructor(builder: BatchBuilder, delimiter: string, fromRow: number, findings: SheetFindings) {
    this.#builder = builder
    this.#delimiter = delimiter.charCodeAt(0)
    this.#fromRow = fromRow
    this.#findings = findings
    for (const byte of [this.#delimiter, LF, CR, 0, LT]) this.#plain[byte] = 0
  }

  /** Number of the row being read, from 1. */
  get row(): number {
    return this.#row + 1
  }

  push(utf8: Uint8Array): void {
    this.#window.append(utf8)
  }

  /** The next full batch of what was pushed so far, or null when more has to be pushed first. */
  take(bytesRead: number, bytesTotal: number): RowBatch | null {
    const window = this.#window
    while (this.#at < window.length && window.length >= this.#retryAt) {
      const { bytes, length } = window
      const after = this.#plainRow(bytes, this.#at, length) || this.#scanRow(bytes, this.#at, length)
      if (after < 0) {
        if (this.#builder.rows === 0) this.#forget()
        const waiting = window.length - this.#at
        if (waiting > LONGEST_ROW)
          throw new SheetError('sheet-too-large', { limit: LONGEST_ROW, reason: 'row', row: this.row })
        this.#retryAt = window.length + waiting
        break
      }
      this.#at = after
      if (this.#builder.full(after)) {
        if (this.#builder.rows === 0) this.#forget()
        else return this.#handOut(bytesRead, bytesTotal)
      }
    }
    return null
  }

  /** The last rows, once everything was pushed. */
  end(bytesRead: number, bytesTotal: number): RowBatch | null {
    this.#ended = true
    this.#retryAt = 0
    return this.take(bytesRead, bytesTotal) ?? (this.#builder.rows === 0 ? null : this.#handOut(bytesRead, bytesTotal))
  }

  #handOut(bytesRead: number, bytesTotal: number): RowBatch | null {
    const given = this.#window.splitAt(this.#at, WINDOW_SIZE, this.#builder.spareBytes())
    this.#at = 0
    this.#retryAt = 0
    return this.#builder.take(given, bytesRead, bytesTotal)
  }

  #forget(): void {
    this.#window.dropBefore(this.#at)
    this.#at = 0
  }

  /** A row without quotes or anything else unusual, as most are; where the next begins, or 0 (and nothing kept). */
  #plainRow(bytes: Uint8Array, first: number, limit: number): number {
    const builder = this.#builder
    if ((builder.cells + SPARE_CELLS) * TRIPLE > builder.triples.length) builder.grow()
    const { triples } = builder
    const delimiter = this.#delimiter
    const plain = this.#plain
    const lastCell = Math.min(triples.length, (builder.cells + SPARE_CELLS) * TRIPLE)
    let cell = builder.cells * TRIPLE
    let column = 0
    let i = first
    for (;;) {
      const start = i
      if (bytes[i] === QUOTE || cell === lastCell) return 0
      while (plain[bytes[i] as number] === 1) i++
      if (i > start) {
        triples[cell] = (column << STORED_BITS) | STORED.text
        triples[cell + 1] = start
        triples[cell + 2] = i
        cell += TRIPLE
      }
      if (bytes[i] !== delimiter) break
      column += 1
      i += 1
    }
    if (bytes[i] === CR) i += 1
    if (bytes[i] !== LF || i >= limit) return 0
    builder.cells = cell / TRIPLE
    this.#nuls = 0
    this.#endRow(column + 1)
    return i + 1
  }

  /** Reads one row; where the next begins, or -1 (and nothing kept or changed) when the row is not complete yet. */
  #scanRow(bytes: Uint8Array, from: number, limit: number): number {
    const builder = this.#builder
    const delimiter = this.#delimiter
    const firstCell = builder.cells
    this.#repairs.length = 0
    this.#nuls = 0
    let column = 0
    let i = from
    for (;;) {
      const start = i
      if (bytes[i] === QUOTE && i < limit) {
        i = this.#quotedField(bytes, i, limit, column)
      } else {
        i = this.#fieldEnd(bytes, i, limit)
        if (i > start) this.#add(column, start, i)
      }
      if (i < 0 || (i >= limit && !this.#ended)) {
        builder.cells = firstCell
        return -1
      }
      if (i >= limit || bytes[i] !== delimiter) break
      i += 1
      column += 1
    }
    if (i < limit && bytes[i] === CR) {
      // Whether an LF belongs to this CR is known only when the next byte is there.
      if (i + 1 === limit && !this.#ended) {
        builder.cells = firstCell
        return -1
      }
      i += i + 1 < limit && bytes[i + 1] === LF ? 2 : 1
    } else if (i < limit) i += 1
    for (const repair of this.#repairs) this.#joinQuotes(bytes, repair)
    this.#endRow(column + 1)
    return i
  }

  /** The separator, line end or end of data that a field without quotes runs to. */
  #fieldEnd(bytes: Uint8Array, from: number, limit: number): number {
    const plain = this.#plain
    let i = from
    for (;;) {
      while (plain[bytes[i] as number] === 1) i++
      const byte = bytes[i]
      if (i >= limit) return limit
      if (byte === this.#delimiter || byte === LF || byte === CR) return i
      if (byte === 0) this.#nuls += 1
      i++
    }
  }

  /** A field whose opening quote stands at `at`; what it runs to, or -1 when its closing quote is not there yet. */
  #quotedField(bytes: Uint8Array, at: number, limit: number, column: number): number {
    let doubled = false
    let i = at + 1
    for (;;) {
      while (i < limit && bytes[i] !== QUOTE) i++
      if (i >= limit) {
        if (this.#ended || i - at > LONGEST_QUOTED)
          throw new SheetError('sheet-unclosed-quote', { row: this.row, column: column + 1 })
        return -1
      }
      if (i + 1 >= limit || bytes[i + 1] !== QUOTE) break
      doubled = true
      i += 2
    }
    const close = i
    const end = this.#fieldEnd(bytes, close + 1, limit)
    if (doubled || end > close + 1) {
      this.#add(column, at + 1, close)
      this.#repairs.push({ cell: this.#builder.cells - 1, close, end })
    } else if (close > at + 1) this.#add(column, at + 1, close)
    return end
  }

  /** Doubled quotes become one; text after the closing quote is kept as it is, and noted. */
  #joinQuotes(bytes: Uint8Array, { cell, close, end }: Repair): void {
    const { triples } = this.#builder
    let read = triples[cell * TRIPLE + 1] as number
    let write = read
    while (read < close) {
      const byte = bytes[read] as number
      bytes[write++] = byte
      read += byte === QUOTE ? 2 : 1
    }
    if (end > close + 1) this.#findings.note('text-after-quote', this.row)
    for (read = close + 1; read < end; read++) bytes[write++] = bytes[read] as number
    triples[cell * TRIPLE + 2] = write
  }

  #add(column: number, from: number, to: number): void {
    if (column >= LAST_COLUMN) throw new SheetError('sheet-too-wide', { limit: LAST_COLUMN, row: this.row })
    this.#builder.add(column, STORED.text, from, to)
  }

  #endRow(width: number): void {
    this.#row += 1
    const builder = this.#builder
    const firstCell = builder.cellStart[builder.rows] as number
    if (this.#row < this.#fromRow) {
      builder.cells = firstCell
      return
    }
    if (builder.cells === firstCell) return
    const findings = this.#findings
    if (this.#nuls > 0) findings.note('nul-bytes', this.#row)
    if (this.#usualWidth === 0) this.#usualWidth = width
    else if (width !== this.#usualWidth) findings.note('ragged-rows', this.#row)
    if (width > findings.columns) findings.columns = width
    findings.rows += 1
    builder.endRow(this.#row, false)
  }
}
