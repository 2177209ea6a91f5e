import type { Grouping } from './catalogue.ts'

export type Keys = Readonly<Partial<Record<Grouping, string>>>

/** Sums by group. */
export class Tally {
  readonly sums = new Map<string, number[]>()
  readonly #width: number

  constructor(width: number) {
    this.#width = width
  }

  add(key: string, values: readonly number[]): void {
    const sums = this.sums.get(key)
    if (!sums) this.sums.set(key, [...values])
    else for (let i = 0; i < values.length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0)
  }

  /** Over all groups. */
  total(): number[] {
    const total = new Array<number>(this.#width).fill(0)
    for (const sums of this.sums.values()) for (const [i, value] of sums.entries()) total[i] = (total[i] ?? 0) + value
    return total
  }
}

/** What a report counted: sums by group, and what of them is shown. */
export interface Counted {
  readonly tally: Tally
  /** Makes the measures of a group, or of the total (`key` null), from its sums; absent: they are the sums. */
  readonly finish?: (sums: readonly number[], key: string | null) => readonly number[]
  /** In place of the sum over all groups. */
  readonly totals?: readonly (number | null)[]
}
