import { appealRules } from './appealRules.ts'
import { businessDate } from './businessDate.ts'
import { addWorkingDays, type WorkingCalendar } from './calendar.ts'
import type { Instant, IsoDate } from './fact.ts'
import type { Policy } from './policy.ts'

/** The same day `months` later; the last day of the month where there is no such day. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

/** Last day to decide an appeal; the day of receipt does not count. */
export const dueOf = (receivedAt: Instant, policy: Policy, calendar: WorkingCalendar): IsoDate =>
  addWorkingDays(businessDate(receivedAt), policy.appeal.workingDays, calendar)

/** Last day to decide a complaint. */
export const complaintDueOf = (at: Instant, policy: Policy, calendar: WorkingCalendar): IsoDate =>
  addWorkingDays(businessDate(at), appealRules(policy).complaintWorkingDays, calendar)

/** Last day a term may be prolonged to. */
export const longestTerm = (receivedAt: Instant, policy: Policy): IsoDate =>
  addMonths(businessDate(receivedAt), appealRules(policy).prolongMonths)

/** Last day to pass an appeal on to the body that must decide it. */
export const passOnBy = (receivedAt: Instant, policy: Policy, calendar: WorkingCalendar): IsoDate =>
  addWorkingDays(businessDate(receivedAt), appealRules(policy).passOnWorkingDays, calendar)

/** Last day to tell the applicant of a prolonging or a passing on decided `at`. */
export const noticeBy = (at: Instant, policy: Policy, calendar: WorkingCalendar): IsoDate =>
  addWorkingDays(businessDate(at), appealRules(policy).noticeWorkingDays, calendar)
