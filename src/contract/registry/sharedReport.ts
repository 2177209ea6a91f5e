import { z } from 'zod'
import { zReportQuery } from '../engine/report.ts'
import { zUuid } from '../value.ts'

/** Reports that officers share: the question under a name, the same on all desks. Figures never travel, each desk computes them. */
export const SHARED_REPORT_COMMANDS = {
  /** The same id again changes name and question. */
  'share-report': z.object({ id: zUuid, name: z.string().trim().min(1).max(100), query: zReportQuery }),
  'unshare-report': z.object({ id: zUuid }),
} as const

export const SHARED_REPORT_RESULTS = {
  'share-report': z.object({ id: zUuid }),
  'unshare-report': z.object({ id: zUuid }),
} as const

export const SHARED_REPORT_EVENTS = {
  'report-shared': SHARED_REPORT_COMMANDS['share-report'].extend({ by: z.string() }),
  'report-unshared': z.object({ id: zUuid, by: z.string() }),
} as const
