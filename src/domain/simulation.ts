import type { Imei14, Operator } from './fact.ts'
import { imei14Text, tacOf } from './imei.ts'
import { type List, type Listing, type ListingReason, sameListing } from './listing.ts'
import type { Policy, RuleName } from './policy.ts'

/** IMEIs shown of those that would move. */
export const SAMPLE_SIZE = 100

/** Up to so many facts all are judged; of more only those a change can touch, so that white is then counted only where it is entered. */
export const JUDGED_WHOLE = 500_000

export interface SimulatedGroup {
  readonly list: List
  readonly reason: ListingReason | null
  /** IMEIs in it before and after, and how many listings change (come, go, or get another date). */
  from: number
  to: number
  count: number
}

/** Counts what another policy would move. IMEIs are told one by one, in any order; the sample does not depend on it. */
export class SimulationTally {
  readonly #groups = new Map<string, SimulatedGroup>()
  readonly #moves = new Map<string, { from: List; to: List; count: number }>()
  readonly #tacs = new Map<number, number>()
  readonly #operators = new Map<string, number>()
  readonly #appeals = new Set<string>()
  readonly #sample: { rank: number; imei14: Imei14; before: Listing; after: Listing }[] = []
  #judged = 0
  #moved = 0

  add(imei14: Imei14, before: Listing, after: Listing, operator: Operator | null, appeal: string | undefined): void {
    this.#judged++
    const left = this.#group(before)
    const entered = this.#group(after)
    left.from++
    entered.to++
    if (sameListing(before, after)) return
    this.#moved++
    left.count++
    if (entered !== left) entered.count++
    const way = `${before.list} ${after.list}`
    const move = this.#moves.get(way)
    if (move) move.count++
    else this.#moves.set(way, { from: before.list, to: after.list, count: 1 })
    const tac = tacOf(imei14)
    this.#tacs.set(tac, (this.#tacs.get(tac) ?? 0) + 1)
    if (operator) this.#operators.set(operator, (this.#operators.get(operator) ?? 0) + 1)
    if (appeal !== undefined) this.#appeals.add(appeal)
    this.#show(imei14, before, after)
  }

  /** `brandOf` names the brand of a TAC, null where the table does not know it. */
  result(brandOf: (tac: number) => string | null) {
    const brands = new Map<string, number>()
    for (const [tac, count] of this.#tacs) {
      const brand = brandOf(tac) ?? ''
      brands.set(brand, (brands.get(brand) ?? 0) + count)
    }
    const most = (counts: ReadonlyMap<string, number>) =>
      [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    return {
      judged: this.#judged,
      moved: this.#moved,
      changes: [...this.#groups.values()].filter((g) => g.count > 0).sort((a, b) => b.count - a.count),
      moves: [...this.#moves.values()].sort((a, b) => b.count - a.count),
      brands: most(brands).slice(0, 50),
      operators: most(this.#operators),
      appeals: [...this.#appeals].sort(),
      sample: this.#sample
        .map(({ imei14, before, after }) => ({ imei14: imei14Text(imei14), before, after }))
        .sort((a, b) => (a.imei14 < b.imei14 ? -1 : 1)),
    }
  }

  #group({ list, reason }: Listing): SimulatedGroup {
    const key = `${list}/${reason ?? ''}`
    const known = this.#groups.get(key)
    if (known) return known
    const group = { list, reason, from: 0, to: 0, count: 0 }
    this.#groups.set(key, group)
    return group
  }

  /** Keeps the IMEIs of the lowest rank: spread over all that move, the same ones each time. */
  #show(imei14: Imei14, before: Listing, after: Listing): void {
    const rank = rankOf(imei14)
    const last = this.#sample.at(-1)
    if (this.#sample.length === SAMPLE_SIZE && last && rank >= last.rank) return
    let at = this.#sample.length
    while (at > 0 && (this.#sample[at - 1]?.rank ?? 0) > rank) at--
    this.#sample.splice(at, 0, { rank, imei14, before, after })
    if (this.#sample.length > SAMPLE_SIZE) this.#sample.pop()
  }
}

/** A number that depends on the IMEI alone and says nothing about it. */
function rankOf(imei14: Imei14): number {
  let h = (Math.imul((imei14 % 4_294_967_296) | 0, 0x9e3779b1) ^ Math.floor(imei14 / 4_294_967_296)) >>> 0
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  return (h ^ (h >>> 13)) >>> 0
}

const WHITE_RULES: readonly RuleName[] = [
  'appeal-approved',
  'customs-declared',
  'manufacturer-registered',
  'service-centre',
]

/**
 * Whether a policy can move only IMEIs that are grey or black under the one in force, so that the rest need not be judged: other days of
 * grace, another earliest deadline, or a later cut-off while every other reason for white outranks it.
 */
export function movesStoredOnly(inForce: Policy, other: Policy): boolean {
  const isSame =
    inForce.precedence.join() === other.precedence.join() &&
    (inForce.newClockAfterDays ?? 0) === (other.newClockAfterDays ?? 0)
  if (!isSame || other.legacyCutOff < inForce.legacyCutOff) return false
  const rank = (rule: RuleName): number => inForce.precedence.indexOf(rule)
  return other.legacyCutOff === inForce.legacyCutOff || WHITE_RULES.every((rule) => rank(rule) < rank('legacy'))
}
