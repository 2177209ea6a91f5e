import { FigureTally } from '../../domain/figureTally.ts'
import { ON_NO_LIST } from '../../domain/listing.ts'
import { listingOf } from '../../domain/policy.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { holdFacts, liveBatches } from '../db/fact/queries.ts'
import { putWhite, whiteFrom } from '../db/figure/queries.ts'
import { imeisWithFacts } from '../db/policy/queries.ts'
import type { Database } from '../db/pool.ts'
import { transaction } from '../db/transaction.ts'
import { LiveFacts } from './liveFacts.ts'

/** IMEIs whose facts are read together. */
const CHUNK = 10_000

/** Counts white once in a database that had facts before white was counted; later acts only add to it. True when it had to. */
export const countWhite = (db: Database): Promise<boolean> =>
  transaction(db, async (tx) => {
    if ((await whiteFrom(tx)) !== null) return false
    await holdFacts(tx)
    // another registry may have been faster
    if ((await whiteFrom(tx)) !== null) return false
    const policy = await currentPolicy(tx)
    const facts = new LiveFacts(tx, await liveBatches(tx))
    const white = new FigureTally()
    for (let last = 0; ; ) {
      const imeis = await imeisWithFacts(tx, last, CHUNK)
      for (const [, known] of await facts.of(imeis)) {
        const listing = listingOf(
          known.map(({ fact }) => fact),
          policy,
        )
        if (listing.list === 'white') white.add(ON_NO_LIST, listing)
      }
      const end = imeis.at(-1)
      if (end === undefined || imeis.length < CHUNK) break
      last = end
    }
    await putWhite(tx, white.changes())
    return true
  })
