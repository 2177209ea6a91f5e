import { FigureTally } from '../../domain/figureTally.ts'
import { type Listing, sameListing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { liveBatches, type Move, noteFigures, noteMoves, startMoving } from '../db/fact/queries.ts'
import { imeisWithFacts } from '../db/policy/queries.ts'
import type { Tx } from '../db/transaction.ts'
import { type KnownFact, LiveFacts } from './liveFacts.ts'

/** IMEIs whose facts are read together. */
const CHUNK = 10_000
const REMEMBERED = 20_000

/** Notes for `applyMoves` how every listing moves from one policy to the next. The writer's row is held. */
export async function judgePolicy(tx: Tx, before: Policy, after: Policy): Promise<void> {
  await startMoving(tx)
  const facts = new LiveFacts(tx, await liveBatches(tx))
  const both = bothListings(before, after)
  const figures = new FigureTally()
  for (let last = 0; ; ) {
    const imeis = await imeisWithFacts(tx, last, CHUNK)
    const moves: Move[] = []
    for (const [imei14, known] of await facts.of(imeis)) {
      const move = both(known)
      figures.add(move.before, move.after)
      if (!sameListing(move.before, move.after) && (isStored(move.before) || isStored(move.after)))
        moves.push({ imei14, ...move })
    }
    if (moves.length > 0) await noteMoves(tx, moves)
    const end = imeis.at(-1)
    if (end === undefined || imeis.length < CHUNK) break
    last = end
  }
  await noteFigures(tx, figures.changes())
}

const isStored = ({ list }: Listing): boolean => list === 'grey' || list === 'black'

/** Both listings of some facts; rows of a declaration share theirs, so they are remembered by their documents. */
function bothListings(before: Policy, after: Policy) {
  const remembered = new Map<string, { before: Listing; after: Listing }>()
  return (facts: readonly KnownFact[]) => {
    const key = facts.map((f) => `${f.no}:${f.doc}`).join('|')
    let known = remembered.get(key)
    if (!known) {
      const said = facts.map((f) => f.fact)
      known = { before: listingOf(said, before), after: listingOf(said, after) }
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(key, known)
    }
    return known
  }
}
