import { IMPORT_KINDS } from '../batch.ts'
import type { CheckRule, Level } from './rule.ts'
import { LEVELS } from './rule.ts'
import { FILE_RULES, ROW_RULES } from './ruleBook.ts'

const ruleNamed = (code: string): CheckRule | undefined => [...ROW_RULES, ...FILE_RULES].find((r) => r.code === code)

/**
 * A setting of the policy's section `checks`: `checks.levels.<code>`, `checks.levels.<kind>/<code>` with a level,
 * `checks.limits.<code>/<name>` with a number. Undefined where there is no such rule or limit, or the value is none.
 */
export function parseCheckSetting(key: string, value: string): Level | number | undefined {
  const [, section, name, ...more] = key.split('.')
  if (name === undefined || more.length > 0) return undefined
  const [first = '', second] = name.split('/')
  if (section === 'levels') {
    const code = second ?? first
    const kind = second === undefined || (IMPORT_KINDS as readonly string[]).includes(first)
    const rule = kind ? ruleNamed(code) : undefined
    return rule && (rule.may ?? LEVELS).find((level) => level === value)
  }
  if (section !== 'limits' || second === undefined) return undefined
  const known = ruleNamed(first)?.limits?.[second]
  if (known === undefined || !/^\d{1,9}(\.\d{1,6})?$/.test(value)) return undefined
  const number = Number(value)
  return second === 'share' ? (number <= 1 ? number : undefined) : Number.isInteger(number) ? number : undefined
}
