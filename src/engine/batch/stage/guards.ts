import type { RowCounts } from '../../../domain/batch.ts'
import type { Policy } from '../../../domain/policy.ts'
import type { Guard } from './task.ts'

/**
 * Guards of the file as a whole; each refuses the commit until accepted by its code.
 * @param before IMEIs of the full list this one replaces; null where it replaces none
 */
export function guardsOf(counts: RowCounts, before: number | null, policy: Policy): readonly Guard[] {
  const guards: Guard[] = []
  const { rows, rejected, imeis } = counts
  if (rows > 0 && rejected / rows > policy.guards.badRowsShare)
    guards.push({
      code: 'guard-bad-rows',
      details: { rejected, rows, share: Math.round((rejected / rows) * 1000) / 10 },
    })
  if (before !== null && before > 0 && imeis < before * policy.guards.fullListShare)
    guards.push({ code: 'guard-size', details: { imeis, before } })
  return guards
}
