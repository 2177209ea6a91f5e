import type { ToSign } from '../../contract/engine/session.ts'
import type { Appeal } from '../../domain/appeal.ts'
import { may, type Officer } from '../../domain/officer.ts'
import type { Desk } from './desk.ts'

/** What waits for a second signature. `?1` is the officer, `?2` his name among signatures: own acts and signed ones are not his. */
export const APPEALS_TO_SIGN = `SELECT doc FROM appeal INDEXED BY appeal_state WHERE state = 'awaiting-signature' ORDER BY due_at, id`
export const BATCHES_TO_SIGN = `SELECT no, id, CASE WHEN kind = 'decision' THEN nullif(letter, '') END FROM batch
  WHERE (state = 'proposed' AND by <> ?1 AND signed_by NOT LIKE ?2)
     OR (undo IS NOT NULL AND json_extract(undo, '$.pending') = 1 AND json_extract(undo, '$.by') <> ?1 AND by <> ?1)
  ORDER BY no`
export const RUNS_TO_SIGN = `SELECT no, id FROM blockrun
  WHERE state = 'awaiting-signature' AND by <> ?1 AND signatures NOT LIKE ?2 ORDER BY no`
/** A suspicion the registry found is nobody's. */
export const CLONES_TO_SIGN = `SELECT no, id FROM clone_case
  WHERE state = 'awaiting-signature' AND (by IS NULL OR by <> ?1) AND signatures NOT LIKE ?2 ORDER BY no`
export const POLICIES_TO_SIGN = `SELECT version, id FROM policy_proposal
  WHERE state = 'awaiting-signature' AND by <> ?1 AND signatures NOT LIKE ?2 ORDER BY valid_from, version`
const ORDERED = `SELECT subject FROM outbox WHERE state IN ('held', 'queued', 'sending')`

/**
 * What waits for this officer's signature, in the order in which he is led through it: appeals by deadline, for which the law counts days, then
 * batches, block runs, clone cases and versions of the policy. Nothing he proposed or signed, nor what he has signed here and the
 * registry has not answered.
 */
export function toSign({ home }: Pick<Desk, 'home'>, officer: Officer): ToSign[] {
  const cache = home.cache.read
  const mine = [officer.id, `%"${officer.id}"%`] as const
  const ordered = new Set(home.desk.read.rows<[string]>(ORDERED).all().flat())
  const numbered = (kind: 'run' | 'clone' | 'policy', sql: string): ToSign[] =>
    cache
      .rows<[no: number, id: string]>(sql)
      .all(...mine)
      .map(([no, id]) => ({ kind, id, no, appeal: null }))
  const found: ToSign[] = []
  if (may(officer, 'sign').ok) {
    for (const [doc] of cache.rows<[string]>(APPEALS_TO_SIGN).all()) {
      const appeal = JSON.parse(doc) as Appeal
      if (appeal.proposal?.officer !== officer.id)
        found.push({ kind: 'appeal', id: appeal.id, no: null, appeal: appeal.id })
    }
    const batches = cache.rows<[no: number, id: string, appeal: string | null]>(BATCHES_TO_SIGN).all(...mine)
    for (const [no, id, appeal] of batches) found.push({ kind: 'batch', id, no, appeal })
  }
  if (may(officer, 'blockrun-sign').ok) found.push(...numbered('run', RUNS_TO_SIGN))
  if (may(officer, 'clone-sign').ok) found.push(...numbered('clone', CLONES_TO_SIGN))
  if (may(officer, 'policy-sign').ok) found.push(...numbered('policy', POLICIES_TO_SIGN))
  return found.filter(({ id }) => !ordered.has(id))
}
