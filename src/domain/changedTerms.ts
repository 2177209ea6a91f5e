import { dueOf } from './appealClock.ts'
import { addDays } from './businessDate.ts'
import { calendarOf } from './calendar.ts'
import type { IsoDate } from './fact.ts'
import type { Policy } from './policy.ts'

/** Days of receipt that are looked at: what is signed ahead is signed for the next year. */
const DAYS_AHEAD = 800

/** How another policy changes the terms of appeals that are still to come; those that were given keep theirs. */
interface ChangedTerms {
  /** Days of receipt with another last day. */
  readonly days: number
  readonly first: { readonly received: IsoDate; readonly before: IsoDate; readonly after: IsoDate } | null
}

/** Terms of appeals received from `today` on, under both policies. */
export function changedTerms(before: Policy, after: Policy, today: IsoDate): ChangedTerms {
  let days = 0
  let first: ChangedTerms['first'] = null
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const received = addDays(today, ahead)
    const [one, other] = [before, after].map((policy) => dueOf(`${received}T05:00:00.000Z`, policy, calendarOf(policy)))
    if (one === undefined || other === undefined || one === other) continue
    days++
    first ??= { received, before: one, after: other }
  }
  return { days, first }
}
