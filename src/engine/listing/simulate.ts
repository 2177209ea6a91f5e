import type { z } from 'zod'
import type { LISTING_CALLS } from '../../contract/engine/listing.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { type Listing, sameListing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { changedPolicy, movesListings, type PolicySetting } from '../../domain/policyChange.ts'
import { ProblemError } from '../../domain/problem.ts'
import { factsOfSorted } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { KEYS_WITH_FACTS } from './queries.ts'

type Simulated = z.input<(typeof LISTING_CALLS)['simulate-policy']['output']>
type Change = { -readonly [K in keyof Simulated['changes'][number]]: Simulated['changes'][number][K] }

/** IMEIs computed between two breaths, so that other calls are answered meanwhile. */
const BLOCK = 1000

/** What a change of the policy would move, over every IMEI with facts in the mirror. Nothing is changed by it. */
export async function simulatePolicy(desk: Desk, settings: readonly PolicySetting[]): Promise<Simulated> {
  const cache = desk.home.cache.openReader()
  try {
    const now = policyAt(cache, cursorOf(cache).seq)
    const then = changedPolicy(now, settings)
    if (!then.ok) throw new ProblemError(then.problem)
    const changes = movesListings(now, then.value) ? await changesBetween(cache, now, then.value) : []
    return { from: now.version, to: then.value.version, changes }
  } finally {
    cache.close()
  }
}

async function changesBetween(cache: Reader, now: Policy, then: Policy): Promise<Change[]> {
  const groups = new Map<string, Change>()
  const groupOf = ({ list, reason }: Listing): Change => {
    const key = `${list}/${reason ?? ''}`
    const known = groups.get(key) ?? { list, reason, from: 0, to: 0, count: 0 }
    groups.set(key, known)
    return known
  }
  for (let after: Imei14 = -1; ; ) {
    const keys = cache.rows<[Imei14]>(KEYS_WITH_FACTS).all(after, BLOCK)
    for (const { facts } of factsOfSorted(
      cache,
      keys.map(([imei14]) => imei14),
    )) {
      const before = listingOf(facts, now)
      const later = listingOf(facts, then)
      const left = groupOf(before)
      const entered = groupOf(later)
      left.from++
      entered.to++
      if (sameListing(before, later)) continue
      left.count++
      if (entered !== left) entered.count++
    }
    const last = keys.at(-1)
    if (!last || keys.length < BLOCK) break
    after = last[0]
    await new Promise((resolve) => setImmediate(resolve))
  }
  return [...groups.values()].filter((g) => g.count > 0).sort((a, b) => b.count - a.count)
}
