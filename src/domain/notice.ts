import { addDays } from './businessDate.ts'
import type { IsoDate } from './fact.ts'
import type { Policy } from './policy.ts'

/** Warnings to the holder of a grey device: when it is first seen, some days before the deadline, and on the last day. */
export const NOTICE_STAGES = ['first', 'reminder', 'last'] as const
export type NoticeStage = (typeof NOTICE_STAGES)[number]

export const NOTICE_STATES = ['issued', 'delivered', 'failed'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

/** Which warnings that did not arrive hold an IMEI in a block run: none, those issued, any that is missing. */
export const WARNING_RULES = ['off', 'failed', 'required'] as const

/** Days before the deadline on which the reminder is due, where the policy does not say. */
const REMINDER_DAYS = 7

/**
 * The warning that is due about a grey IMEI, the most urgent first; none twice. After the deadline only one who was never warned still
 * gets his first. Roaming and M2M start no clock, so they are never grey and never warned (domain.md).
 */
export function noticeDue(
  deadline: IsoDate,
  given: ReadonlySet<NoticeStage>,
  today: IsoDate,
  policy: Policy,
): NoticeStage | null {
  if (today > deadline) return given.size === 0 ? 'first' : null
  const from = addDays(deadline, -(policy.notices?.reminderDays ?? REMINDER_DAYS))
  const stage = today === deadline ? 'last' : today >= from ? 'reminder' : 'first'
  return given.has(stage) ? null : stage
}

/** Whether an IMEI is held in a block run because its holder was not warned. `states`: of all warnings about it. */
export function isUnwarned(states: readonly NoticeState[], policy: Policy): boolean {
  const rule = policy.blockRun?.warning ?? 'failed'
  if (rule === 'off' || states.includes('delivered')) return false
  return rule === 'required' || states.length > 0
}
