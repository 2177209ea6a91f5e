import type { Imei14 } from '../../domain/fact.ts'
import type { StoredFact } from './facts.ts'
import type { Reader } from './handle.ts'

export const NEXT_OF_FACT = 'SELECT next FROM fact WHERE imei14 = ? AND batch = ?'

/** A device has at most four IMEIs; a longer ring is damage and is left at this. */
const LONGEST_RING = 8

/** Other IMEIs of the same device as its live facts report them, ascending. Each batch links the IMEIs of a device in a ring. */
export function siblingsOf(cache: Reader, imei14: Imei14, facts: readonly StoredFact[]): readonly Imei14[] {
  const found = new Set<Imei14>()
  for (const { no, next } of facts) {
    let at = next
    for (let step = 0; at !== 0 && at !== imei14 && step < LONGEST_RING; step++) {
      found.add(at)
      at = cache.value<Imei14>(NEXT_OF_FACT, at, no) ?? 0
    }
  }
  return [...found].sort((a, b) => a - b)
}
