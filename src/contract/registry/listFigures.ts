import { z } from 'zod'
import { zIsoDate, zSeq } from '../value.ts'

/** GET /v1/figures: how many IMEIs stood on the lists as of an event, of those listed within the period. */
export const zFiguresAsk = z.object({
  /** Absent: white, grey and black. */
  list: z.enum(['white', 'grey', 'black']).nullable().default(null),
  by: z.enum(['list', 'reason', 'month', 'deadline']),
  from: zIsoDate,
  to: zIsoDate,
  /** Absent: now. */
  seq: z.coerce.number().pipe(zSeq).nullable().default(null),
})
export type FiguresAsk = z.output<typeof zFiguresAsk>

export const zListFigures = z.object({
  seq: zSeq,
  total: z.number().int(),
  /** By key; a listing without a deadline has the key ''. */
  groups: z.array(z.object({ key: z.string(), count: z.number().int() })),
})
export type ListFigures = z.infer<typeof zListFigures>

/** The query of a question: what lets everything through is left out. */
export const figuresQuery = (ask: FiguresAsk): string =>
  Object.entries(ask)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(String(value))}`]))
    .join('&')
