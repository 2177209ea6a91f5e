import { z } from 'zod'
import { zIsoDate } from '../value.ts'

const count = z.number().int().nonnegative()

/** A line of a declaration: what was declared, and what is drawn from it. */
export const zLedgerLine = z.object({
  declaration: z.string(),
  line: z.string().nullable(),
  date: zIsoDate,
  bin: z.string().nullable(),
  importer: z.string().nullable(),
  brand: z.string().nullable(),
  model: z.string().nullable(),
  quantity: count.nullable(),
  /** Devices and IMEIs customs listed under it. */
  devices: count,
  imeis: count,
  /** IMEIs of it seen in a network of Kazakhstan. */
  seen: count,
  /** Appeals that name it, and the devices they claim beyond customs' list (of the whole declaration when they name no line). */
  appeals: z.array(z.string()),
  claimed: count,
  /** Devices beyond the quantity; above 0 is an alarm. */
  overdrawn: count,
})
export type LedgerLine = z.infer<typeof zLedgerLine>

export const LEDGER_CALLS = {
  /** Every line of a declaration (`55302/150126/0001234`, optionally with `/line`). Throws `ledger-unknown`. */
  'declaration-ledger': { input: z.object({ declaration: z.string().max(60) }), output: z.array(zLedgerLine) },
  /** Lines from which more is drawn than was declared, the worst first; reads every declaration once. */
  overdrawn: {
    input: z.object({ job: z.string().optional(), limit: z.number().int().min(1).max(5000).default(500) }),
    output: z.object({ lines: z.array(zLedgerLine), total: count }),
  },
} as const
