import type { Input } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { addDays, businessDate } from '../../domain/businessDate.ts'

/** Earlier periods a report can be held against. */
export const COMPARISONS = ['none', 'before', 'year'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** What the officer asks of a report; `by` null is its first grouping. */
export interface Question {
  readonly report: string
  readonly from: string
  readonly to: string
  readonly by: string | null
  readonly filters: Readonly<Record<string, readonly string[]>>
  readonly comparison: Comparison
  /** Null: as things stand. */
  readonly asOfSeq: number | null
}

const today = (): string => businessDate(new Date().toISOString())

const firstQuestion = (): Question => ({
  report: 'blocklist',
  from: addDays(today(), -365),
  to: today(),
  by: null,
  filters: {},
  comparison: 'none',
  asOfSeq: null,
})

/** The question to begin with: what the address names, the rest as always. */
export function beginning(named: {
  report?: string | undefined
  by?: string | undefined
  from?: string | undefined
  to?: string | undefined
}): Question {
  const { report, by, from, to, ...rest } = firstQuestion()
  return {
    ...rest,
    report: named.report ?? report,
    by: named.by ?? by,
    from: named.from ?? from,
    to: named.to ?? to,
  }
}

/** The period right before, as long as this one; or the same days a year ago. */
export function earlierPeriod({ from, to, comparison }: Question): { from: string; to: string } | null {
  if (comparison === 'none') return null
  if (comparison === 'year') return { from: yearBefore(from), to: yearBefore(to) }
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  return { from: addDays(from, -days), to: addDays(from, -1) }
}

/** The 29th of February has its year before on the 28th. */
const yearBefore = (date: string): string => {
  const year = String(Number(date.slice(0, 4)) - 1)
  return `${year}${date.slice(4) === '-02-29' ? '-02-28' : date.slice(4)}`
}

/** The question as the engine takes it. */
export const askedOf = (q: Question): Omit<Input<EngineContract['report-figures']>, 'language'> => ({
  report: q.report,
  from: q.from,
  to: q.to,
  by: q.by,
  filters: Object.fromEntries(Object.entries(q.filters).map(([field, values]) => [field, [...values]])),
  compareTo: earlierPeriod(q),
  asOfSeq: q.asOfSeq,
})

/** A saved question; its comparison is told by the period it names. */
export function questionOf(saved: {
  report: string
  from: string
  to: string
  by: string | null
  filters?: Readonly<Record<string, readonly string[]>> | undefined
  compareTo?: { from: string; to: string } | null | undefined
}): Question {
  const { report, from, to, by, filters = {}, compareTo = null } = saved
  const question: Question = { report, from, to, by, filters, comparison: 'none', asOfSeq: null }
  if (!compareTo) return question
  const year = earlierPeriod({ ...question, comparison: 'year' })
  return { ...question, comparison: year?.from === compareTo.from ? 'year' : 'before' }
}
