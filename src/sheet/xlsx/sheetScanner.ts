import { isUtf8 } from 'node:buffer'
import { BATCH_BYTES, BatchBuilder } from '../batchBuilder.ts'
import { ByteWindow, completeUtf8End } from '../byteWindow.ts'
import type { RowBatch } from '../rowBatch.ts'
import { SheetError, withDetails } from '../sheetError.ts'
import type { SheetFindings } from '../sheetFindings.ts'
import type { StringTable } from '../stringTable.ts'
import { parseRange } from './cellReference.ts'
import { RowScanner } from './rowScanner.ts'
import { LONGEST_CELL, LONGEST_ROW } from './xlsxLimits.ts'
import { TOKEN, XmlCursor } from './xmlCursor.ts'

/** A piece of the unpacked sheet has to fit in behind a full batch. */
const WINDOW_SIZE = BATCH_BYTES + (1 << 20)

export interface SheetScannerOptions {
  readonly strings: StringTable | null
  readonly dateStyles: Uint8Array
  readonly date1904: boolean
  readonly fromRow: number
  readonly findings: SheetFindings
}

/** Turns the XML of one worksheet, pushed in pieces, into batches of rows. */
export class SheetScanner {
  readonly #window = new ByteWindow(WINDOW_SIZE)
  readonly #builder: BatchBuilder
  readonly #rows: RowScanner
  readonly #findings: SheetFindings
  #phase: 'before' | 'rows' | 'after' = 'before'
  /** Open elements while outside of the rows. */
  readonly #path: string[] = []
  #rootClosed = false
  #at = 0
  #checked = 0
  #retryAt = 0

  constructor(options: SheetScannerOptions) {
    const { strings, dateStyles, date1904, fromRow, findings } = options
    this.#builder = new BatchBuilder(strings, date1904)
    this.#findings = findings
    this.#rows = new RowScanner(this.#builder, { dateStyles, stringCount: strings?.count ?? 0, fromRow, findings })
  }

  push(piece: Uint8Array): void {
    const window = this.#window
    window.append(piece)
    const end = completeUtf8End(window.bytes, this.#checked, window.length)
    if (!isUtf8(window.bytes.subarray(this.#checked, end))) throw broken('not UTF-8', this.#rows.place)
    this.#checked = end
  }

  /** The next full batch of what was pushed so far, or null when more has to be pushed first. */
  take(bytesRead: number, bytesTotal: number): RowBatch | null {
    const window = this.#window
    while (this.#at < window.length && window.length >= this.#retryAt) {
      const before = this.#at
      const phase = this.#phase
      try {
        if (phase === 'rows') this.#scanRows()
        else this.#scanOutside()
      } catch (error) {
        throw withDetails(error, phase === 'rows' ? this.#rows.place : {})
      }
      const stuck = this.#at === before && phase === this.#phase
      if (this.#builder.cells === 0) this.#forget()
      else if (!this.#rows.inRow && this.#builder.full(this.#at)) return this.#handOut(bytesRead, bytesTotal)
      if (stuck) this.#waitForMore()
    }
    return null
  }

  /** The last rows, once everything was pushed. */
  end(bytesRead: number, bytesTotal: number): RowBatch | null {
    this.#retryAt = 0
    const batch = this.take(bytesRead, bytesTotal)
    if (batch !== null) return batch
    if (this.#checked !== this.#window.length) throw broken('not UTF-8', this.#rows.place)
    if (!this.#rootClosed) throw broken('ends early', this.#rows.place)
    if (this.#window.bytes.toString('utf8', this.#at, this.#window.length).trim() !== '')
      throw broken('text at the end')
    return this.#handOut(bytesRead, bytesTotal)
  }

  #scanRows(): void {
    const { bytes, length } = this.#window
    this.#at = this.#rows.scan(bytes, this.#at, length)
    if (this.#rows.ended) this.#phase = 'after'
  }

  #handOut(bytesRead: number, bytesTotal: number): RowBatch | null {
    const at = this.#at
    this.#moved()
    return this.#builder.take(this.#window.splitAt(at, WINDOW_SIZE, this.#builder.spareBytes()), bytesRead, bytesTotal)
  }

  /** Nothing refers to the bytes scanned so far. */
  #forget(): void {
    this.#window.dropBefore(this.#at)
    this.#moved()
  }

  #moved(): void {
    this.#rows.moved()
    this.#checked -= this.#at
    this.#at = 0
    this.#retryAt = 0
  }

  /** An incomplete tag or cell is looked at again when twice as much of it is there, so long ones cost no more per byte. */
  #waitForMore(): void {
    const { length } = this.#window
    const waiting = length - this.#at
    if (waiting > LONGEST_CELL)
      throw new SheetError('sheet-too-large', { limit: LONGEST_CELL, reason: 'cell', ...this.#rows.place })
    if (length > LONGEST_ROW)
      throw new SheetError('sheet-too-large', { limit: LONGEST_ROW, reason: 'row', ...this.#rows.place })
    this.#retryAt = length + waiting
  }

  #scanOutside(): void {
    const { bytes, length } = this.#window
    const cursor = new XmlCursor(bytes, this.#at, length)
    for (;;) {
      const token = cursor.next()
      if (token === TOKEN.more) break
      this.#at = cursor.at
      if (token === TOKEN.open || token === TOKEN.empty) {
        this.#openElement(cursor, token)
        if (this.#phase === 'rows') break
      } else if (token === TOKEN.close) {
        if (this.#path.pop() !== cursor.name()) throw broken(`</${cursor.name()}>`)
        if (this.#path.length === 0) this.#rootClosed = true
      } else if (token === TOKEN.text && this.#path.length === 0 && cursor.text().trim() !== '') {
        throw broken('text outside the root')
      }
    }
  }

  #openElement(cursor: XmlCursor, token: number): void {
    const name = cursor.name()
    const depth = this.#path.length
    if (this.#rootClosed) throw broken('second root')
    if (depth === 0) {
      if (name !== 'worksheet') throw new SheetError('sheet-unsupported', { found: name })
      this.#rows.prefix = cursor.prefix()
    }
    if (token === TOKEN.open) this.#path.push(name)
    else if (depth === 0) this.#rootClosed = true
    if (depth === 1 && name === 'sheetData') {
      if (this.#phase === 'after') throw broken('second sheetData')
      if (token === TOKEN.open) {
        this.#path.pop()
        this.#phase = 'rows'
      } else this.#phase = 'after'
    } else if (depth === 2 && name === 'mergeCell') {
      this.#findings.merge(parseRange(cursor.attribute('ref') ?? ''))
    } else if (depth === 2 && name === 'col' && /^(1|true)$/i.test(cursor.attribute('hidden') ?? '')) {
      this.#findings.note('hidden-columns', 1, Number(cursor.attribute('min') ?? 1))
    }
  }
}

function broken(reason: string, place: { row?: number; column?: number } = {}): SheetError {
  return new SheetError('sheet-broken-part', { reason, ...place })
}
