import { type Appeal, personOf } from '../../domain/appeal.ts'
import { clustersOf, type SharedThing } from '../../domain/evidence/clusters.ts'
import type { Reader } from '../db/handle.ts'
import type { Looks } from './looks.ts'
import { APPEAL_DOC, SHARED_IMEIS, SHARED_KEYS } from './queries.ts'

/** Appeals that share papers, copies of pictures, numbers or IMEIs, the largest group first, with the number of applicants behind them. */
export async function evidenceClusters(cache: Reader, looks: Looks, limit: number) {
  const copied = copiedPictures(await looks.copies(cache))
  const things = [...sharedIn(cache, SHARED_KEYS), ...sharedIn(cache, SHARED_IMEIS), ...copied]
  return clustersOf(things)
    .slice(0, limit)
    .map(({ appeals, shared }) => ({
      appeals: [...appeals],
      applicants: new Set(appeals.map((id) => personBehind(cache, id))).size,
      shared: shared.map((thing) => ({ what: thing.what, value: thing.value, appeals: thing.appeals.length })),
    }))
}

/** Copies of copies are one thing that all of them share. */
const copiedPictures = (pairs: readonly (readonly [string, string])[]): SharedThing[] =>
  clustersOf(pairs.map((appeals) => ({ what: 'look', value: '', appeals }))).map(({ appeals }) => ({
    what: 'look',
    value: appeals[0] as string,
    appeals,
  }))

const sharedIn = (cache: Reader, sql: string): SharedThing[] =>
  cache
    .rows<[string, string, string]>(sql)
    .all()
    .map(([what, value, appeals]) => ({ what, value, appeals: JSON.parse(appeals) as string[] }))

function personBehind(cache: Reader, id: string): string {
  const doc = cache.value<string>(APPEAL_DOC, id)
  return doc === undefined ? id : personOf((JSON.parse(doc) as Appeal).applicant.key)
}
