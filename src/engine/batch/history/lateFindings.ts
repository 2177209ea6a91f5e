import type { Finding, Severity } from '../../../domain/checks/finding.ts'

interface Late {
  readonly row: number
  readonly finding: Finding
  readonly severity: Severity
}

/** Takes a row's late finding: rows ascending, `nth` of the row from 0, and whether it is the row's first of its code. */
export type TakeLate = (row: number, nth: number, finding: Finding, severity: Severity, isFirstOfCode: boolean) => void

/** What is found about rows after all of them were judged, in the order of IMEIs; handed out in the order of rows. */
export class LateFindings {
  readonly #found: Late[] = []

  get count(): number {
    return this.#found.length
  }

  add(row: number, finding: Finding, severity: Severity): void {
    this.#found.push({ row, finding, severity })
  }

  /** Rows that a finding rejects. */
  rejected(): Set<number> {
    const rows = new Set<number>()
    for (const { row, severity } of this.#found) if (severity === 'error') rows.add(row)
    return rows
  }

  handOut(take: TakeLate): void {
    const sorted = this.#found.sort((a, b) => a.row - b.row)
    let start = 0
    for (let at = 0; at < sorted.length; at++) {
      const { row, finding, severity } = sorted[at] as Late
      if (sorted[start]?.row !== row) start = at
      let isFirst = true
      for (let i = start; i < at; i++) if (sorted[i]?.finding.code === finding.code) isFirst = false
      take(row, at - start, finding, severity, isFirst)
    }
  }
}
