import type { Policy } from './SimulatePolicy.tsx'

/** One parameter that two versions of the policy name differently. */
export interface PolicyChange {
  readonly key: string
  readonly from: string
  readonly to: string
}

/** Said of every version, not a parameter of the regime. */
const NOT_PARAMETERS = ['version', 'validFrom', 'signedBy']

/** What a version changes against an earlier one, by the path of each parameter. */
export function changesBetween(earlier: Policy, later: Policy): PolicyChange[] {
  const before = new Map(parameters(earlier))
  const after = new Map(parameters(later))
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !NOT_PARAMETERS.includes(key) && before.get(key) !== after.get(key))
    .map((key) => ({ key, from: before.get(key) ?? '—', to: after.get(key) ?? '—' }))
}

function parameters(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, part]): [string, string][] => {
    const key = path === '' ? name : `${path}.${name}`
    if (key === 'calendar') return calendarOf(part as Policy['calendar'])
    if (Array.isArray(part)) return [[key, part.join(' > ')]]
    return typeof part === 'object' && part !== null ? parameters(part as object, key) : [[key, String(part)]]
  })
}

/** Days by year and part, so that a decree shows as the days it moves. */
const calendarOf = (years: Policy['calendar']): [string, string][] =>
  (years ?? []).flatMap(({ year, holidays, workingWeekends }): [string, string][] => [
    [`calendar.${year}.holidays`, holidays.join(', ')],
    [`calendar.${year}.workingWeekends`, workingWeekends.join(', ')],
  ])
