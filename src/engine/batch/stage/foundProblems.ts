import type { ImportKind } from '../../../domain/batch.ts'
import type { CheckPolicy } from '../../../domain/checks/checkPolicy.ts'
import { type CheckCode, type Finding, finding, type Severity } from '../../../domain/checks/finding.ts'
import type { Level } from '../../../domain/checks/rule.ts'
import { levelsFor } from '../../../domain/checks/ruleBook.ts'
import type { DocTable } from './docTable.ts'
import type { StagingWriter } from './stagingFile.ts'

/** Behind everything a row itself can have. */
const LAST_ORD = 1000
const LATE_ORD = 1001

/** What was found wrong in the rows of a file: weighed by the policy, counted a row and code, staged. */
export class FoundProblems {
  readonly #staging: StagingWriter
  readonly #levelOf: (code: CheckCode) => Level
  readonly #rows = new Map<CheckCode, number>()

  constructor(kind: ImportKind, checks: CheckPolicy | undefined, staging: StagingWriter) {
    this.#staging = staging
    this.#levelOf = levelsFor(kind, checks)
  }

  /** Rows with each code so far. */
  get rows(): readonly (readonly [CheckCode, number])[] {
    return [...this.#rows]
  }

  /** Rows with each code, by its name. */
  byCode(): Readonly<Partial<Record<CheckCode, number>>> {
    return Object.fromEntries([...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  restore(rows: readonly (readonly [CheckCode, number])[]): void {
    for (const [code, count] of rows) this.#rows.set(code, count)
  }

  reject(findings: readonly Finding[]): boolean {
    for (let k = 0; k < findings.length; k++) if (this.#levelOf((findings[k] as Finding).code) === 'error') return true
    return false
  }

  /**
   * Stages what was found in a row.
   * @param unusable the row leaves nothing to stage, so something has to say why, whatever the policy thinks of it
   */
  stage(row: number, findings: readonly Finding[], repeated: Finding | null, unusable: boolean): void {
    let ord = 0
    const told = !unusable || this.reject(findings)
    for (let k = 0; k < findings.length; k++) {
      const f = findings[k] as Finding
      const level = told ? this.#levelOf(f.code) : 'error'
      if (level === 'off') continue
      let again = false
      for (let j = 0; j < k; j++) if ((findings[j] as Finding).code === f.code) again = true
      if (!again) this.#count(f.code)
      this.#staging.addFinding(row, ord++, f, level)
    }
    if (repeated === null) return
    this.#count(repeated.code)
    this.#staging.addFinding(row, ord, repeated, 'error')
  }

  /** Adds what was found about an accepted row after all were judged; findings of a row come together, `nth` counts them from 0. */
  addLate(row: number, nth: number, f: Finding, severity: Severity, isFirstOfCode: boolean): void {
    if (isFirstOfCode) this.#count(f.code)
    this.#staging.addFinding(row, LATE_ORD + nth, f, severity)
  }

  /** Says of which documents the file has another number of devices than they declare. */
  addQuantities(docs: DocTable): void {
    if (this.#levelOf('quantity-mismatch') === 'off') return
    for (const { row, declared, found } of docs.quantityMismatches()) {
      this.#count('quantity-mismatch')
      const f = finding('quantity-mismatch', 'quantity', String(declared), { declared, found })
      this.#staging.addFinding(row, LAST_ORD, f, 'warning')
    }
  }

  #count(code: CheckCode): void {
    this.#rows.set(code, (this.#rows.get(code) ?? 0) + 1)
  }
}
