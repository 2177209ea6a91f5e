import type { AppealGroups, AppealNow, AppealVersions } from '../../contract/registry/appealDigest.ts'
import { MOST_LATER } from '../../contract/registry/appealDigest.ts'
import type { Seq } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { appealById } from '../db/appeal/queries.ts'
import { appealGroups, appealsChangedAfter, versionsOfGroup } from '../db/digest/appealQueries.ts'
import { readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { snapshot, type Tx } from '../db/transaction.ts'

/**
 * The appeals a cache at event `atSeq` must hold, by groups, from one moment of the database; what changed since is left out and named.
 * @throws ProblemError `epoch-changed` for an event this registry has not seen, `snapshot-needed` for one before its feed,
 *   `digest-between` when too many appeals changed since
 */
export const appealGroupsAt = (db: Database, atSeq: Seq): Promise<AppealGroups> =>
  withLater(db, atSeq, async (tx, later) => ({ seq: atSeq, groups: await appealGroups(tx, later), later }))

/** State and version of the appeals of a group. @throws those of `appealGroupsAt` */
export const appealVersionsAt = (db: Database, atSeq: Seq, group: string): Promise<AppealVersions> =>
  withLater(db, atSeq, async (tx, later) => ({ seq: atSeq, appeals: await versionsOfGroup(tx, group, later) }))

/** An appeal as it is, with the event it is true at. */
export const appealNow = (db: Database, id: string): Promise<AppealNow> =>
  snapshot(db, async (tx) => ({ seq: (await readHead(tx)).head, appeal: mutable(await appealById(tx, id)) }))

/** As the answer's schema has it. */
const mutable = (appeal: Awaited<ReturnType<typeof appealById>>): AppealNow['appeal'] =>
  appeal === null ? null : (structuredClone(appeal) as AppealNow['appeal'])

const withLater = <T>(db: Database, atSeq: Seq, work: (tx: Tx, later: string[]) => Promise<T>): Promise<T> =>
  snapshot(db, async (tx) => {
    const { head, epoch, oldest } = await readHead(tx)
    if (atSeq > head) throw trouble('epoch-changed', { epoch, head, desk: atSeq })
    if (atSeq + 1 < oldest) throw trouble('snapshot-needed', { oldest, desk: atSeq })
    const later = await appealsChangedAfter(tx, atSeq, MOST_LATER + 1)
    if (later.length > MOST_LATER) throw trouble('digest-between', { seq: atSeq })
    return work(tx, later)
  })
