import { type Finding, finding, type Severity } from '../../../domain/checks/finding.ts'
import type { HistoryDetails } from '../../../domain/checks/historyRule.ts'
import type { HISTORY_RULES } from '../../../domain/checks/ruleBook.ts'
import type { Imei14 } from '../../../domain/fact.ts'
import { imei14Text } from '../../../domain/imei.ts'

type Rule = (typeof HISTORY_RULES)[number]

/** Takes a row's late finding: rows ascending, `nth` of the row from 0, and whether it is the row's first of its code. */
export type TakeLate = (row: number, nth: number, finding: Finding, severity: Severity, isFirstOfCode: boolean) => void

const FIRST = 1 << 10

/**
 * What history says of rows, found in the order of IMEIs and handed out in the order of rows. A list that came before may have
 * something said about every one of a million rows, so each takes a few bytes; equal details are kept once.
 */
export class LateFindings {
  readonly #rules: readonly { readonly rule: Rule; readonly severity: Severity }[]
  #rows = new Uint32Array(FIRST)
  #keys = new Float64Array(FIRST)
  /** Number of the rule, and of the details. */
  #said = new Uint32Array(FIRST * 2)
  #count = 0
  readonly #details: HistoryDetails[] = []
  readonly #known = new Map<string, number>()

  constructor(rules: readonly { readonly rule: Rule; readonly severity: Severity }[]) {
    this.#rules = rules
  }

  /** @param rule place of the rule among those given */
  add(row: number, imei14: Imei14, rule: number, details: HistoryDetails): void {
    if (this.#count === this.#rows.length) this.#grow()
    this.#rows[this.#count] = row
    this.#keys[this.#count] = imei14
    this.#said[this.#count * 2] = rule
    this.#said[this.#count * 2 + 1] = this.#numberOf(details)
    this.#count++
  }

  /** Rows that a finding rejects. */
  rejected(): Set<number> {
    const rows = new Set<number>()
    for (let i = 0; i < this.#count; i++)
      if (this.#rules[this.#said[i * 2] as number]?.severity === 'error') rows.add(this.#rows[i] as number)
    return rows
  }

  /** Of a row about whose IMEIs the same is said, once. */
  handOut(take: TakeLate): void {
    let row = -1
    let nth = 0
    let said = new Set<number>()
    let codes = new Set<number>()
    for (const at of this.#inOrderOfRows()) {
      const here = this.#rows[at] as number
      if (here !== row) {
        row = here
        nth = 0
        said = new Set()
        codes = new Set()
      }
      const [number, details] = [this.#said[at * 2] as number, this.#said[at * 2 + 1] as number]
      const same = number * 4_294_967_296 + details
      if (said.has(same)) continue
      said.add(same)
      const asked = this.#rules[number]
      if (!asked) throw new Error(`there is no rule ${number}`)
      const { rule, severity } = asked
      const value = imei14Text(this.#keys[at] as Imei14)
      const found = finding(rule.code, rule.field, value, this.#details[details] ?? {})
      take(row, nth++, found, severity, !codes.has(number))
      codes.add(number)
    }
  }

  #inOrderOfRows(): Uint32Array {
    const rows = this.#rows
    return Uint32Array.from({ length: this.#count }, (_, i) => i).sort(
      (a, b) => (rows[a] as number) - (rows[b] as number) || a - b,
    )
  }

  #numberOf(details: HistoryDetails): number {
    const text = JSON.stringify(details)
    let number = this.#known.get(text)
    if (number === undefined) {
      number = this.#details.push(details) - 1
      this.#known.set(text, number)
    }
    return number
  }

  #grow(): void {
    const [rows, keys, said] = [this.#rows, this.#keys, this.#said]
    this.#rows = new Uint32Array(rows.length * 2)
    this.#keys = new Float64Array(keys.length * 2)
    this.#said = new Uint32Array(said.length * 2)
    this.#rows.set(rows)
    this.#keys.set(keys)
    this.#said.set(said)
  }
}
