import type { Compared, Comparing } from './compared.ts'

/** A tracking number that serves several appeals: at most two devices a number (domain), so it is `unclear` once and then not. */
export function compareTracking({ appeal, reuse }: Comparing): Compared {
  const claim = appeal.claim.trackingNo ?? null
  const others = reuse.filter((r) => r.what === 'tracking').map((r) => r.appeal)
  const line = { field: 'tracking' as const, claim, fact: others.length > 0 ? others.join(', ') : null }
  if (claim === null) return { ...line, result: 'none', rule: 'tracking-not-claimed' }
  if (others.length === 0) return { ...line, result: 'none', rule: 'tracking-unused' }
  return { ...line, result: others.length > 1 ? 'contradict' : 'unclear', rule: 'tracking-reused' }
}
