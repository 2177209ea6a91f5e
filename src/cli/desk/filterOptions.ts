import { type GridFilter, zGridFilter } from '../../contract/gridFilter.ts'
import { OPERATORS } from '../../domain/fact.ts'
import { LISTING_REASONS } from '../../domain/listing.ts'
import { type Arguments, usage } from './arguments.ts'

const TYPED = {
  prefix: 'prefix',
  brand: 'brand',
  importer: 'importer',
  region: 'region',
  'since-from': 'sinceFrom',
  'since-to': 'sinceTo',
  'deadline-from': 'deadlineFrom',
  'deadline-to': 'deadlineTo',
} as const

/** Options that narrow a list, each given once. */
export const FILTER_OPTIONS = {
  reason: 'one',
  operator: 'one',
  prefix: 'one',
  brand: 'one',
  importer: 'one',
  region: 'one',
  'since-from': 'one',
  'since-to': 'one',
  'deadline-from': 'one',
  'deadline-to': 'one',
} as const

/** The filter of a list that the options say; throws `usage` for a value that cannot be. */
export function filterOf(args: Arguments, list: string | undefined): GridFilter {
  const typed = Object.fromEntries(
    Object.entries(TYPED).flatMap(([option, field]) => {
      const value = args.value(option)
      return value === undefined ? [] : [[field, value]]
    }),
  )
  const filter = zGridFilter.safeParse({
    list,
    reason: args.choice('reason', LISTING_REASONS) ?? null,
    operator: args.choice('operator', OPERATORS) ?? null,
    ...typed,
  })
  if (!filter.success) throw usage(filter.error.issues.map((issue) => issue.path.join('.')).join(', '))
  return filter.data
}
