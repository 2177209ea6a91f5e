import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { FILTER_OPTIONS, filterOf } from './filterOptions.ts'
import { table } from './table.ts'

const FORMATS = ['csv', 'xlsx'] as const

/** `list`: a list of the registry by any filter, a page of it or all of it as a file. */
export const list: Command = {
  options: {
    ...FILTER_OPTIONS,
    after: 'one',
    limit: 'one',
    out: 'one',
    format: 'one',
  },
  check: (args) => {
    filterOf(args, args.exactly('LIST')[0])
    args.count('limit')
    args.choice('format', FORMATS)
  },
  run: async (context) => {
    const { args, engine, words, lang } = context
    const filter = filterOf(args, args.positionals[0])
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
