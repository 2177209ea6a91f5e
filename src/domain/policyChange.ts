import { appealRules } from './appealRules.ts'
import { isIsoDate } from './businessDate.ts'
import type { CalendarYear } from './calendar.ts'
import { changedCalendar } from './calendarChange.ts'
import { parseCheckSetting } from './checks/checkSetting.ts'
import { DISTANT_KM, SUBSCRIBERS_A_DAY } from './cloneCase.ts'
import { DEFAULT_POLICY } from './defaultPolicy.ts'
import { WARNING_RULES } from './notice.ts'
import { type Policy, RULES, type RuleName } from './policy.ts'
import { done, type Outcome, refused } from './problem.ts'

/** A parameter of the policy by its path (`graceDays`, `appeal.workingDays`, `calendar.2027.moved`) and its new value as text. */
export interface PolicySetting {
  readonly key: string
  readonly value: string
}

/** Parameters that earlier policies do not name, as they hold then. */
const NAMED_LATER = {
  notices: { reminderDays: 7 },
  newClockAfterDays: 0,
  clones: { subscribersADay: SUBSCRIBERS_A_DAY, distantKm: DISTANT_KM },
  sightingDays: 400,
  daysToBlock: 3,
}

/** The one parameter that may also be absent. */
const AMNESTY = 'blockRun.amnestyUntil'
const NO_CHECKS = { levels: {}, limits: {} }

/** Set by the ministry when a version is signed, not by a proposal. */
const FIXED = ['version', 'signedBy']

/** Parameters on which listings rest. */
const DECIDES_LISTINGS = ['legacyCutOff', 'graceDays', 'earliestDeadline', 'precedence', 'newClockAfterDays'] as const

/** The policy that settings would make, as the next version. Refused: `policy-unusable` names the key and the value. */
export function changedPolicy(policy: Policy, settings: readonly PolicySetting[]): Outcome<Policy> {
  const next = JSON.parse(JSON.stringify(wholePolicy(policy))) as Record<string, unknown>
  for (const { key, value } of settings) {
    if (key.startsWith('calendar.')) {
      const calendar = changedCalendar((next.calendar ?? []) as readonly CalendarYear[], key, value)
      if (calendar === undefined) return refused('policy-unusable', { key, value })
      next.calendar = calendar
      continue
    }
    const path = key.split('.')
    const last = path.pop() ?? ''
    const holder = path.reduce<unknown>((at, part) => own(at, part), next)
    if (key === AMNESTY && value === '') {
      delete (holder as Record<string, unknown>)[last]
      continue
    }
    const parsed = key.startsWith('checks.')
      ? parseCheckSetting(key, value)
      : FIXED.includes(key)
        ? undefined
        : key === AMNESTY
          ? parseDate(value)
          : parseLike(own(holder, last), value, last)
    if (parsed === undefined) return refused('policy-unusable', { key, value })
    ;(holder as Record<string, unknown>)[last] = parsed
  }
  return done({ ...(next as unknown as Policy), version: policy.version + 1 })
}

/** The policy with the parameters that it does not name, as they hold under it. */
function wholePolicy(policy: Policy) {
  return {
    ...NAMED_LATER,
    ...policy,
    clones: { ...NAMED_LATER.clones, ...policy.clones },
    appeal: { ...policy.appeal, rules: appealRules(policy) },
    blockRun: { warning: 'failed', ...(policy.blockRun ?? DEFAULT_POLICY.blockRun) },
    checks: policy.checks ?? NO_CHECKS,
  }
}

/** How a parameter is given: a whole number, a share of one, yes or no, one of the words for warnings, a date or none. */
export type ParameterKind = 'count' | 'share' | 'switch' | 'warning' | 'date'

/** A parameter of the policy that a form can offer; `value` as a setting takes it. */
export interface PolicyParameter {
  readonly key: string
  readonly kind: ParameterKind
  readonly value: string
}

const NO_FORM = ['version', 'checks']

/** The parameters of a policy in its own order, those it does not name as they hold under it; texts and the order of the rules are not among them. */
export function policyParameters(policy: Policy): PolicyParameter[] {
  const found: PolicyParameter[] = []
  const add = (value: unknown, path: string): void => {
    if (NO_FORM.includes(path)) return
    const kind = kindOf(path, value)
    if (kind !== null) found.push({ key: path, kind, value: String(value) })
    else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [name, part] of Object.entries(value)) add(part, path === '' ? name : `${path}.${name}`)
  }
  add(wholePolicy(policy), '')
  if (policy.blockRun?.amnestyUntil === undefined) found.push({ key: AMNESTY, kind: 'date', value: '' })
  return found
}

function kindOf(key: string, value: unknown): ParameterKind | null {
  if (key === 'blockRun.warning') return 'warning'
  if (typeof value === 'number') return key.endsWith('Share') ? 'share' : 'count'
  if (typeof value === 'boolean') return 'switch'
  return typeof value === 'string' && isIsoDate(value) ? 'date' : null
}

/** Whether the change can move a listing at all; else nothing needs to be computed. */
export const movesListings = (a: Policy, b: Policy): boolean =>
  DECIDES_LISTINGS.some((key) => String(a[key] ?? 0) !== String(b[key] ?? 0))

const own = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined

/** A value of the same type as the present one; undefined when the text is none. */
function parseLike(present: unknown, text: string, key: string): unknown {
  if (Array.isArray(present)) return parsePrecedence(text)
  if (typeof present === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  if (isWarningRule(present)) return isWarningRule(text) ? text : undefined
  if (typeof present === 'number') return parseNumber(text, key.endsWith('Share'))
  if (typeof present !== 'string' || text === '') return undefined
  return !isIsoDate(present) || isIsoDate(text) ? text : undefined
}

const isWarningRule = (value: unknown): boolean => WARNING_RULES.some((rule) => rule === value)
const parseDate = (text: string): string | undefined => (isIsoDate(text) ? text : undefined)

function parseNumber(text: string, isShare: boolean): number | undefined {
  if (isShare) return /^(0(\.\d{1,6})?|1(\.0+)?)$/.test(text) ? Number(text) : undefined
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** Every rule once, highest first: a gap would leave facts without effect, a repetition would hide the second place. */
function parsePrecedence(text: string): readonly RuleName[] | undefined {
  const rules = text.split(',').map((name) => RULES.find((rule) => rule === name.trim()))
  const isWhole = rules.length === RULES.length && RULES.every((rule) => rules.includes(rule))
  return isWhole ? (rules as RuleName[]) : undefined
}
