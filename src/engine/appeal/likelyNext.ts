import { type Appeal, personOf } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { hasReturned, inTurn, type WaitingAppeal } from '../../domain/nextAppeal.ts'
import type { Desk } from '../sync/desk.ts'
import { waitingOf } from './appealOf.ts'
import { FILED_BEFORE, NEXT_ASSIGNED, NEXT_FREE } from './queries.ts'

/** So many of those with the nearest deadline are put in turn; more fall due on one day only where thousands wait. */
const LOOKED_AT = 60
/** Where no more of them than so many may come first, since the officer has returned the others, as many times more are looked at. */
const FEW = 2
const MORE = 8

/** Appeals that the registry would give the officer next, as this desk's mirror stands; without those a command of this desk is about. */
export function likelyNext(desk: Desk): readonly string[] {
  const cache = desk.home.cache.read
  const [officer, now] = [desk.session.officer().id, desk.now()]
  const waiting = (limit: number): WaitingAppeal[] =>
    [
      ...cache.rows<[string]>(NEXT_ASSIGNED).all(now, limit, officer),
      ...cache.rows<[string]>(NEXT_FREE).all(now, limit),
    ].map(([doc]) => {
      const appeal = JSON.parse(doc) as Appeal
      const turn = cache.value<number>(FILED_BEFORE, personOf(appeal.applicant.key), appeal.id, appeal.receivedAt) ?? 0
      return { appeal, turn }
    })
  const order = (found: readonly WaitingAppeal[]): readonly Appeal[] =>
    inTurn(found, { officer, now, today: businessDate(now) })
  const nearest = waiting(LOOKED_AT)
  const inOrder = order(nearest)
  const fresh = inOrder.filter((appeal) => !hasReturned(appeal, officer)).length
  return (nearest.length < LOOKED_AT || fresh > FEW ? inOrder : order(waiting(LOOKED_AT * MORE)))
    .map(({ id }) => id)
    .filter((id) => {
      const { claim, decision } = waitingOf(desk, id)
      return claim === null && decision === null
    })
}
