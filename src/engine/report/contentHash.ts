import { createHash } from 'node:crypto'

/** A text of this size is still flat and near; one of 64 KB built cell by cell costs twice as much to encode. */
const PIECE = 1 << 13

/** SHA-256 over the cells of a file as texts, row after row: the same when written and when read back, also after saving in Excel. */
export class ContentHash {
  readonly #hash = createHash('sha256')
  #piece = ''

  /** Numbers as they are, dates as ISO text; empty cells at the end of a row do not count, nor do rows without any value. */
  add(cells: readonly (string | number | null | undefined)[]): void {
    let last = cells.length
    while (last > 0 && (cells[last - 1] ?? '') === '') last--
    if (last === 0) return
    let row = ''
    for (let i = 0; i < last; i++) row += `${cells[i] ?? ''}\u001f`
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
