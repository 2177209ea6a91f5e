import type { FileFigures } from '../../../domain/checks/fileRule.ts'
import { FILE_RULES, type GuardCode, levelOf, limitOf } from '../../../domain/checks/ruleBook.ts'
import type { Policy } from '../../../domain/policy.ts'
import type { Guard } from './task.ts'

/** What the rules of the file find: guards refuse the commit until accepted by their code, the others are announced. */
export function guardsOf(
  file: FileFigures,
  policy: Policy,
): { readonly guards: readonly Guard[]; readonly told: readonly Guard[] } {
  const guards: Guard[] = []
  const told: Guard[] = []
  for (const { code, find } of FILE_RULES) {
    const level = levelOf(file.kind, code, policy.checks)
    const details =
      level === 'off' ? null : find(file, (name) => ownLimit(code, policy) ?? limitOf(code, name, policy.checks))
    if (details !== null) (level === 'error' ? guards : told).push({ code, details })
  }
  return { guards, told }
}

/** Two limits have had their own place in the policy from the beginning; the section `checks` goes before it. */
function ownLimit(code: GuardCode, { guards, checks }: Policy): number | undefined {
  if (checks?.limits[`${code}/share`] !== undefined) return undefined
  return code === 'guard-bad-rows' ? guards.badRowsShare : code === 'guard-size' ? guards.fullListShare : undefined
}
