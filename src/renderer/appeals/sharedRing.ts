/** The round of appeals that one key goes through, beginning where the officer began. */
export interface Ring {
  readonly appeals: readonly string[]
  /** Where the key led last; whoever stands elsewhere begins a round of his own. */
  readonly at: string | null
}
export const NO_RING: Ring = { appeals: [], at: null }

/** The round after one more step from `current`, whose own `others` begin a new one; null where there is nowhere to go. */
export function stepOn(ring: Ring, current: string, others: readonly string[]): Ring | null {
  const appeals = ring.at === current ? ring.appeals : [current, ...others.filter((id) => id !== current)]
  if (appeals.length < 2) return null
  const at = appeals[(appeals.indexOf(current) + 1) % appeals.length] ?? null
  return { appeals, at }
}
