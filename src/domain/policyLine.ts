import { isIsoDate } from './businessDate.ts'
import { wrongDay } from './calendar.ts'
import type { IsoDate } from './fact.ts'
import type { Policy } from './policy.ts'
import { rankedRules } from './policyOrder.ts'
import { done, type Outcome, refused } from './problem.ts'

/** A policy as written in a file: the order of the rules may be given as statements. */
export type PolicyFile = Omit<Policy, 'precedence'> & { readonly precedence: readonly string[] }

/** The policy of a file with its rules in order. Refused: `policy-unusable`, `policy-cycle`, `policy-gap`. */
export function policyOfFile(file: PolicyFile): Outcome<Policy> {
  const ranked = rankedRules(file.precedence)
  if (!ranked.ok) return ranked
  const policy = { ...file, precedence: ranked.value }
  const wrong = wrongParameter(policy)
  return wrong ? refused('policy-unusable', wrong) : done(policy)
}

/** A parameter no regime can have: a date that is none, a share beyond one, no time to act. */
function wrongParameter(p: Policy): { key: string; value: string | number } | null {
  for (const key of ['validFrom', 'legacyCutOff', 'earliestDeadline'] as const)
    if (!isIsoDate(p[key])) return { key, value: p[key] }
  for (const key of ['badRowsShare', 'fullListShare'] as const)
    if (!(p.guards[key] >= 0 && p.guards[key] <= 1)) return { key: `guards.${key}`, value: p.guards[key] }
  if (p.graceDays < 1 || p.graceDays > 3650) return { key: 'graceDays', value: p.graceDays }
  for (const year of p.calendar ?? []) {
    const day = wrongDay(year)
    if (day !== null) return { key: `calendar.${year.year}`, value: day }
  }
  if (p.blockRun && p.blockRun.cap < 1) return { key: 'blockRun.cap', value: p.blockRun.cap }
  return null
}

/**
 * A line of versions, the oldest first: numbers without a hole, each from a later day than the one before. Refused: `policy-gap` (a number
 * is missing), `policy-order` (a version does not begin after the one it replaces).
 */
export function policyLine(files: readonly PolicyFile[]): Outcome<readonly Policy[]> {
  const line: Policy[] = []
  for (const file of files.toSorted((a, b) => a.version - b.version)) {
    const policy = policyOfFile(file)
    if (!policy.ok) return policy
    const before = line.at(-1)
    if (before && file.version !== before.version + 1)
      return refused('policy-gap', { what: String(before.version + 1), between: String(file.version) })
    if (before && file.validFrom <= before.validFrom)
      return refused('policy-order', { version: file.version, date: file.validFrom, from: before.validFrom })
    line.push(policy.value)
  }
  return done(line)
}

/** The version in force on a business day; null before the first: nobody is on a list then. */
export const policyOn = (line: readonly Policy[], day: IsoDate): Policy | null =>
  line.findLast((policy) => policy.validFrom <= day) ?? null
