import { type Appeal, personOf } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { inTurn } from '../../domain/nextAppeal.ts'
import type { Desk } from '../sync/desk.ts'
import { waitingOf } from './appealOf.ts'
import { FILED_BEFORE, NEXT_ASSIGNED, NEXT_FREE } from './queries.ts'

/** So many of those with the nearest deadline are put in turn; more fall due on one day only where thousands wait. */
const LOOKED_AT = 60

/** Appeals that the registry would give the officer next, as this desk's mirror stands; without those a command of this desk is about. */
export function likelyNext(desk: Desk): readonly string[] {
  const cache = desk.home.cache.read
  const [officer, now] = [desk.session.officer().id, desk.now()]
  const docs = [
    ...cache.rows<[string]>(NEXT_ASSIGNED).all(now, LOOKED_AT, officer),
    ...cache.rows<[string]>(NEXT_FREE).all(now, LOOKED_AT),
  ]
  const waiting = docs.map(([doc]) => {
    const appeal = JSON.parse(doc) as Appeal
    const turn = cache.value<number>(FILED_BEFORE, personOf(appeal.applicant.key), appeal.id) ?? 0
    return { appeal, turn }
  })
  return inTurn(waiting, { officer, now, today: businessDate(now) })
    .map(({ id }) => id)
    .filter((id) => {
      const { claim, decision } = waitingOf(desk, id)
      return claim === null && decision === null
    })
}
