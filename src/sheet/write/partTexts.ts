import type { CellValue } from './cellInput.ts'

/** Parts remembered before they are forgotten all at once; a list of a country has some thousand models and listings. */
const MOST = 50_000

/** Texts of parts of rows, each made once for an array that comes again and again. */
export class PartTexts<T> {
  readonly #known = new Map<readonly CellValue[], T>()
  readonly #make: (part: readonly CellValue[]) => T

  constructor(make: (part: readonly CellValue[]) => T) {
    this.#make = make
  }

  of(part: readonly CellValue[]): T {
    const found = this.#known.get(part)
    if (found !== undefined) return found
    if (this.#known.size >= MOST) this.#known.clear()
    const made = this.#make(part)
    this.#known.set(part, made)
    return made
  }
}
