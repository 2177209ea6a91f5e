import type { MergedRange, SheetNotice, SheetSurvey } from './workbook.ts'

const MOST_MERGES = 100_000

/** Gathers, while a sheet is read, what its reader has to be told. */
export class SheetFindings {
  rows = 0
  columns = 0
  readonly merges: MergedRange[] = []
  readonly #notices = new Map<SheetNotice['code'], { count: number; row: number; column?: number }>()

  note(code: SheetNotice['code'], row: number, column?: number): void {
    const known = this.#notices.get(code)
    if (known !== undefined) known.count += 1
    else this.#notices.set(code, column === undefined ? { count: 1, row } : { count: 1, row, column })
  }

  merge(range: MergedRange): void {
    if (this.merges.length < MOST_MERGES) this.merges.push(range)
  }

  survey(): SheetSurvey {
    return {
      rows: this.rows,
      columns: this.columns,
      notices: [...this.#notices].map(([code, found]) => ({ code, ...found })),
      merges: this.merges,
    }
  }
}
