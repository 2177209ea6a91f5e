import type { EventDoc } from '../../../src/contract/registry.ts'
import type { AppealState, AppealStep, Route } from '../../../src/domain/appeal.ts'
import { addDays } from '../../../src/domain/businessDate.ts'

export type SeedAppeal = EventDoc<'appeal-received'>

const STATE: Readonly<Partial<Record<AppealStep, AppealState>>> = {
  claimed: 'claimed',
  proposed: 'awaiting-signature',
  approved: 'approved',
  rejected: 'rejected',
  preliminary: 'preliminary',
}

interface Step {
  readonly no: number
  readonly at: string
  readonly route: Route
  readonly step: AppealStep
  readonly officer: string
}

/** The appeal as it comes in (`before` null), or after one more step. */
export function anAppeal(before: SeedAppeal | null, { no, at, route, step, officer }: Step): SeedAppeal {
  if (!before)
    return {
      id: `A-2026-${no}`,
      state: 'received',
      version: 1,
      route,
      receivedAt: at,
      dueAt: addDays(at.slice(0, 10), 3),
      applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'Sample Person', language: 'kk' },
      claim: { imeis: [`86012301000${no}`.padEnd(15, '0')] },
      evidence: [],
      lease: null,
      hearingAt: null,
      proposal: null,
      timeline: [{ at, what: 'received' }],
    }
  return {
    ...before,
    state: STATE[step] ?? 'received',
    version: before.version + 1,
    timeline: [...before.timeline, { at, what: step, officer, ...(step === 'rejected' ? { reasons: ['R07'] } : {}) }],
  }
}
