import { z } from 'zod'
import { zGridFilter } from '../gridFilter.ts'

/** A part of what a block run could take: at most so many, IMEIs that begin so, those a filter of the grey list lets through. */
export const zRunPart = z.object({
  most: z.number().int().min(1).optional(),
  prefix: z
    .string()
    .regex(/^\d{1,14}$/)
    .optional(),
  where: zGridFilter.extend({ list: z.literal('grey') }).optional(),
})
export type RunPartAsked = z.infer<typeof zRunPart>
