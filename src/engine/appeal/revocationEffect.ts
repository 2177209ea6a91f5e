import type { z } from 'zod'
import type { APPEAL_CALLS } from '../../contract/engine/appeal.ts'
import { imei14Text } from '../../domain/imei.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOfSorted } from '../db/facts.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { DECISION_OF, IMEIS_OF_BATCH } from './queries.ts'

type Effect = z.input<(typeof APPEAL_CALLS)['revocation-effect']['output']>

/** What each IMEI of an approval would be on without it, by the mirror's facts; the registry computes again when it is signed. */
export function revocationEffect(desk: Desk, id: string): Effect {
  const cache = desk.home.cache.read
  const batch = cache.value<number>(DECISION_OF, id)
  if (batch === undefined) return []
  const policy = policyAt(cache, cursorOf(cache).seq)
  const imeis = cache
    .rows<[number]>(IMEIS_OF_BATCH)
    .all(batch)
    .map(([imei14]) => imei14)
  const after = [...factsOfSorted(cache, imeis, { without: batch })]
  return [...factsOfSorted(cache, imeis)].map(({ imei14, facts }, i) => ({
    imei: imei14Text(imei14),
    before: listingOf(facts, policy),
    after: listingOf(after[i]?.facts ?? [], policy),
  }))
}
