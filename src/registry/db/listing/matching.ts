import { type GridFilter, isRangeOnly, letsThrough, type Traited, withinRange } from '../../../contract/gridFilter.ts'
import type { Imei14, Operator } from '../../../domain/fact.ts'
import { listingOf, type Policy } from '../../../domain/policy.ts'
import type { Sql } from '../pool.ts'
import { type TellingFact, tacsOfBrand, tellingFacts } from './queries.ts'

/** What lists are filtered by, as the live facts of an IMEI tell it. */
export function traitedOf(facts: readonly TellingFact[], policy: Policy): Traited {
  const first = (kind: TellingFact['kind']): TellingFact | undefined =>
    facts
      .filter((f) => f.kind === kind && f.op === 'add' && (f.network ?? 'home') === 'home')
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.seq - b.seq))[0]
  const seen = first('seen')
  return {
    ...listingOf(facts, policy),
    operator: (seen?.source as Operator | undefined) ?? null,
    region: seen?.region ?? null,
    importer: first('customs-declared')?.bin ?? null,
  }
}

/** Narrows IMEIs, some thousand at a time, to those a filter lets through now; their order stays. */
export async function matcherOf(
  db: Sql,
  filter: GridFilter,
  policy: Policy,
): Promise<(imeis: readonly Imei14[]) => Promise<readonly Imei14[]>> {
  const tacs = filter.brand === null ? null : new Set(await tacsOfBrand(db, filter.brand))
  const needsFacts = !isRangeOnly({ ...filter, brand: null })
  return async (imeis) => {
    const near = imeis.filter((imei14) => withinRange(filter, imei14, tacs))
    if (!needsFacts || near.length === 0) return near
    const facts = await tellingFacts(db, near)
    return near.filter((imei14) => letsThrough(filter, traitedOf(facts.get(imei14) ?? [], policy)))
  }
}
