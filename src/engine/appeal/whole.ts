import type { z } from 'zod'
import type { zAppealWhole } from '../../contract/engine/appeal.ts'
import type { Appeal } from '../../domain/appeal.ts'
import { compareClaim } from '../../domain/compare/compareClaim.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { appealOf, waitingOf, withProvisionalClaim } from './appealOf.ts'
import { draftOf } from './drafts.ts'
import { gather } from './facts.ts'

/** One whole appeal: claim, facts, comparison, the officer's draft. */
export function wholeAppeal(desk: Desk, id: string): z.input<typeof zAppealWhole> {
  const cache = desk.home.cache.read
  const appeal = withProvisionalClaim(desk, appealOf(desk, id))
  const cursor = cursorOf(cache)
  const { comparing, shown } = gather(cache, appeal, policyAt(cache, cursor.seq))
  return {
    ...(appeal as Appeal & z.input<typeof zAppealWhole>),
    facts: shown,
    comparison: [...compareClaim(comparing)],
    draft: draftOf(desk, id),
    pending: waitingOf(desk, id).decision !== null,
    asOf: { seq: cursor.seq, at: cursor.at },
  }
}
