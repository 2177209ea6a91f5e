import { type Appeal, personOf } from '../../domain/appeal.ts'
import { clustersOf, type SharedThing } from '../../domain/evidence/clusters.ts'
import type { Reader } from '../db/handle.ts'
import { APPEAL_DOC, SHARED_IMEIS, SHARED_KEYS } from './queries.ts'

/** Appeals that share papers, numbers or IMEIs, the largest group first, with the number of applicants behind them. */
export function evidenceClusters(cache: Reader, limit: number) {
  const things = [...sharedIn(cache, SHARED_KEYS), ...sharedIn(cache, SHARED_IMEIS)]
  return clustersOf(things)
    .slice(0, limit)
    .map(({ appeals, shared }) => ({
      appeals: [...appeals],
      applicants: new Set(appeals.map((id) => personBehind(cache, id))).size,
      shared: shared.map((thing) => ({ what: thing.what, value: thing.value, appeals: thing.appeals.length })),
    }))
}

const sharedIn = (cache: Reader, sql: string): SharedThing[] =>
  cache
    .rows<[string, string, string]>(sql)
    .all()
    .map(([what, value, appeals]) => ({ what, value, appeals: JSON.parse(appeals) as string[] }))

function personBehind(cache: Reader, id: string): string {
  const doc = cache.value<string>(APPEAL_DOC, id)
  return doc === undefined ? id : personOf((JSON.parse(doc) as Appeal).applicant.key)
}
