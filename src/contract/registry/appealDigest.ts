import { z } from 'zod'
import type { Sha256 } from '../fingerprint.ts'
import { zAppeal, zSeq, zSha256 } from '../value.ts'

/**
 * Where a mirror's appeals differ: a hash over number, state and version of the appeals of a group, down to single appeals, as of one
 * event. A group are the appeals whose numbers agree but for their last three characters.
 */
const TAIL = 3

/** The group of an appeal's number. */
export const appealGroup = (id: string): string => id.slice(0, -TAIL)
/** The same as an SQL expression of both databases. */
export const appealGroupSql = (id: string): string => `substr(${id}, 1, length(${id}) - ${TAIL})`

/** An appeal's line in the hash of its group; appeals come in order of their numbers by code units. */
export const appealLine = (id: string, state: string, version: number): string => `${id}\t${state}\t${version}\n`

/** The hash of a group. */
export function groupDigest(sha256: Sha256, lines: Iterable<string>): string {
  for (const line of lines) sha256.update(line)
  return sha256.digest('hex')
}

/** More appeals than that do not change between an event and its comparison; a mirror so far behind catches up first. */
export const MOST_LATER = 10_000

/** GET /v1/digest/appeals?atSeq: the groups without the appeals that changed after the event, which are named in `later`. */
export const zAppealGroups = z.object({
  seq: zSeq,
  groups: z.array(z.object({ group: z.string(), rows: z.number().int().positive(), digest: zSha256 })).max(100_000),
  later: z.array(z.string()).max(MOST_LATER),
})
export type AppealGroups = z.infer<typeof zAppealGroups>

/** GET /v1/digest/appeals/{group}?atSeq: what the hash of a group is made of. */
export const zAppealVersions = z.object({
  seq: zSeq,
  appeals: z.array(z.tuple([z.string(), zAppeal.shape.state, z.number().int()])),
})
export type AppealVersions = z.infer<typeof zAppealVersions>

/** GET /v1/appeals/{id}: the appeal as it is; null: there is none of this number. */
export const zAppealNow = z.object({ seq: zSeq, appeal: zAppeal.nullable() })
export type AppealNow = z.infer<typeof zAppealNow>
