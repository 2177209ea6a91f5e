import { zGridFilter } from '../../contract/gridFilter.ts'
import { OPERATORS } from '../../domain/fact.ts'
import { LISTING_REASONS } from '../../domain/listing.ts'
import { type Arguments, usage } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'

const LISTS = ['grey', 'black', 'white'] as const
const FORMATS = ['csv', 'xlsx'] as const
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

/** `list`: a list of the registry by any filter, a page of it or all of it as a file. */
export const list: Command = {
  options: {
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
    after: 'one',
    limit: 'one',
    out: 'one',
    format: 'one',
  },
  check: (args) => {
    args.exactly('LIST')
    filterOf(args)
    args.count('limit')
    args.choice('format', FORMATS)
  },
  run: async (context) => {
    const { args, engine, words, lang } = context
    const filter = filterOf(args)
    const out = args.value('out')
    const { total } = await engine.call('grid-counts', { filter })
    if (out !== undefined) {
      const format = args.choice('format', FORMATS) ?? (out.endsWith('.xlsx') ? 'xlsx' : 'csv')
      const written = await cancellable(context, (job) =>
        engine.call('grid-export', { filter, format, language: lang, target: engine.grant(out), job }),
      )
      return { json: { total, ...written }, text: `${written.file}  ${words.number(written.rows)}  ${written.sha256}` }
    }
    const limit = Math.min(args.count('limit') ?? 100, 1000)
    const { rows, next } = await engine.call('grid-page', { filter, after: args.value('after') ?? null, limit })
    const text = table(
      [
        words.say('imei'),
        words.say('list'),
        words.say('reason'),
        words.say('since'),
        words.say('deadline'),
        words.say('device'),
      ],
      rows.map((row) => [
        row.imei14,
        words.term('list', row.list),
        words.term('reason', row.reason),
        words.date(row.since),
        words.date(row.deadline),
        [row.brand, row.model].filter(Boolean).join(' '),
      ]),
    )
    return { json: { total, rows, next }, text }
  },
}

/** The filter that the options say; `usage` for a value that cannot be. */
function filterOf(args: Arguments) {
  const [name] = args.exactly('LIST')
  const typed = Object.fromEntries(
    Object.entries(TYPED).flatMap(([option, field]) => {
      const value = args.value(option)
      return value === undefined ? [] : [[field, value]]
    }),
  )
  const filter = zGridFilter.safeParse({
    list: LISTS.find((known) => known === name),
    reason: args.choice('reason', LISTING_REASONS) ?? null,
    operator: args.choice('operator', OPERATORS) ?? null,
    ...typed,
  })
  if (!filter.success) throw usage(filter.error.issues.map((issue) => issue.path.join('.')).join(', '))
  return filter.data
}
