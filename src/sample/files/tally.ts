/** Counts an import of the file must show (desk-cli, "Counts of an import"). */
export interface ExpectedCounts {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly duplicates: number
  /** Rows with that code, errors and warnings. */
  readonly problems: Readonly<Record<string, number>>
  readonly imeis: number
}

/** Keeps count while rows are written. */
export class Tally {
  #rows = 0
  #rejected = 0
  #duplicates = 0
  #imeis = 0
  readonly #problems = new Map<string, number>()

  /** One accepted row; `imeis` it brings that no earlier row brought. */
  accept(imeis: number, warning: string | null = null): void {
    this.#rows++
    this.#imeis += imeis
    if (warning !== null) this.problem(warning)
  }

  reject(code: string): void {
    this.#rows++
    this.#rejected++
    if (code === 'duplicate') this.#duplicates++
    this.problem(code)
  }

  problem(code: string): void {
    this.#problems.set(code, (this.#problems.get(code) ?? 0) + 1)
  }

  counts(): ExpectedCounts {
    return {
      rows: this.#rows,
      accepted: this.#rows - this.#rejected,
      rejected: this.#rejected,
      duplicates: this.#duplicates,
      problems: Object.fromEntries([...this.#problems].sort(([a], [b]) => (a < b ? -1 : 1))),
      imeis: this.#imeis,
    }
  }
}
