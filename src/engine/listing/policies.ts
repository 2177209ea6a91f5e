import type { Seq } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Reader } from '../db/handle.ts'

/** Every version of the policy in the mirror, the oldest first. */
export const policies = (
  cache: Reader,
): { fromSeq: Seq; policy: Policy & { precedence: Policy['precedence'][number][] } }[] =>
  cache
    .rows<[Seq, string]>('SELECT from_seq, doc FROM policy ORDER BY version')
    .all()
    .map(([fromSeq, doc]) => ({ fromSeq, policy: JSON.parse(doc) }))
