import type { z } from 'zod'
import type { zLookup } from '../../contract/engine/listing.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei14Text, parseImei } from '../../domain/imei.ts'
import { isOverdue, type Listing, ON_NO_LIST } from '../../domain/listing.ts'
import { listingOf } from '../../domain/policy.ts'
import { type Problem, problem } from '../../domain/problem.ts'
import { devices } from '../db/devices.ts'
import { factsOfSorted } from '../db/facts.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'

type Lookup = z.input<typeof zLookup>

/** Listings of up to 100,000 IMEIs as they were typed or pasted, in the order asked; from the mirror at its cursor. */
export function lookup(desk: Desk, asked: readonly string[]): Lookup[] {
  const cache = desk.home.cache.read
  const cursor = cursorOf(cache)
  const policy = policyAt(cache, cursor.seq)
  const parsed = asked.map((text) => parseImei(text))
  const keys = new Set(parsed.flatMap((p) => (p.ok ? [p.imei.imei14] : [])))
  const found = new Map<Imei14, { listing: Listing; known: boolean }>()
  for (const { imei14, facts } of factsOfSorted(cache, Float64Array.from(keys).sort()))
    found.set(imei14, { listing: listingOf(facts, policy), known: facts.length > 0 })

  const today = businessDate(desk.now())
  const deviceOf = devices(cache)
  const asOf = { seq: cursor.seq, at: cursor.at }
  const nothing = (imei: string, why: Problem): Lookup => ({
    ...ON_NO_LIST,
    imei,
    imei14: null,
    asOf,
    device: null,
    overdue: false,
    problem: why,
  })
  return parsed.map((p, i) => {
    const imei = asked[i] ?? ''
    if (!p.ok) return nothing(imei, problem('imei-unusable', { ...p.details, value: imei, fault: p.fault }))
    const entry = found.get(p.imei.imei14)
    const listing = entry?.listing ?? ON_NO_LIST
    return {
      ...listing,
      imei,
      imei14: imei14Text(p.imei.imei14),
      asOf,
      device: deviceOf(p.imei.imei14),
      overdue: isOverdue(listing, today),
      // a counterfeit on a list may be malformed by nature; one that nobody knows is a slip of the pen
      problem:
        p.imei.check === 'wrong' && !entry?.known
          ? problem('imei-unusable', { value: imei, fault: 'imei-check-digit' })
          : null,
    }
  })
}
