import { type Policy, RULES } from './policy.ts'

/**
 * The Kazakh policy a registry starts with (time line: rules in force 24 March 2025, deadline moved to 25 May, free period to
 * 25 June, phased transfer to black from 26 July 2025). The registry's own versions replace it.
 */
export const DEFAULT_POLICY: Policy = {
  version: 4,
  name: 'KZ-2025',
  validFrom: '2025-06-25',
  signedBy: 'ministry',
  legacyCutOff: '2025-03-24',
  graceDays: 30,
  earliestDeadline: '2025-07-26',
  precedence: RULES,
  dateToleranceDays: 0,
  guards: { badRowsShare: 0.1, fullListShare: 0.75 },
  secondSignatureOffGrey: 1000,
  appeal: { workingDays: 15, hearingNoticeWorkingDays: 3, leaseMinutes: 30, claimById: true },
  feeTenge: 3932,
  offlineHours: 72,
  blockRun: { cap: 100_000, holdsPerDevice: 1 },
}
