import { createHash } from 'node:crypto'
import type { PartedRow } from '../../sheet/write/cellInput.ts'
import { PartTexts } from '../../sheet/write/partTexts.ts'

/** A text of this size is still flat and near; one of 64 KB built cell by cell costs twice as much to encode. */
const PIECE = 1 << 13

/** SHA-256 over the cells of a file as texts, row after row: the same when written and when read back, also after saving in Excel. */
export class ContentHash {
  readonly #hash = createHash('sha256')
  #piece = ''
  readonly #parts: PartTexts<string>

  /** `written`: how the file writes a text of a row in parts. */
  constructor(written: (text: string) => string = (text) => text) {
    this.#parts = new PartTexts((part) =>
      part.map((cell) => `${typeof cell === 'string' ? written(cell) : (cell ?? '')}\u001f`).join(''),
    )
  }

  /** Numbers as they are, dates as ISO text; empty cells at the end of a row do not count, nor do rows without any value. */
  add(cells: readonly (string | number | null | undefined)[]): void {
    let last = cells.length
    while (last > 0 && (cells[last - 1] ?? '') === '') last--
    if (last === 0) return
    let row = ''
    for (let i = 0; i < last; i++) row += `${cells[i] ?? ''}\u001f`
    this.#take(row)
  }

  /** The same of a row in parts. */
  addParted({ first, parts }: PartedRow): void {
    let row = `${first ?? ''}\u001f`
    for (const part of parts) row += this.#parts.of(part)
    // empty cells at the end
    while (row.endsWith('\u001f\u001f')) row = row.slice(0, -1)
    if (row !== '\u001f') this.#take(row)
  }

  #take(row: string): void {
    this.#piece += `${row}\u001e`
    if (this.#piece.length > PIECE) this.#flush()
  }

  hex(): string {
    this.#flush()
    return this.#hash.digest('hex')
  }

  #flush(): void {
    this.#hash.update(this.#piece)
    this.#piece = ''
  }
}

/** A text as every format carries it unharmed: control characters become spaces, what a cell cannot hold is cut. */
export const plainText = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 2000)
