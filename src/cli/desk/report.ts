import { resolve } from 'node:path'
import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import type { Arguments } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { pairs, table } from './table.ts'

const FORMATS = ['xlsx', 'pdf', 'csv'] as const

/** `report`: statistics as a file; needs no display. */
export const report: Command = {
  options: { from: 'one', to: 'one', by: 'one', 'as-of': 'one', format: 'one', out: 'one' },
  check: (args) => {
    args.exactly('NAME')
    for (const option of ['from', 'to', 'format', 'out']) args.required(option)
    args.choice('format', FORMATS)
    args.count('as-of')
  },
  run: async (context) => {
    const { args, engine, words, lang } = context
    const [name] = args.exactly('NAME')
    const out = resolve(args.required('out'))
    const done = await cancellable(context, (job) =>
      engine.call('report', {
        job,
        report: name,
        from: date(args, 'from'),
        to: date(args, 'to'),
        by: args.value('by') ?? null,
        asOfSeq: args.count('as-of') ?? null,
        format: args.choice('format', FORMATS) ?? 'xlsx',
        language: lang,
        target: engine.grant(out),
      }),
    )
    const { figures, seq, sha256, fingerprint } = done
    const text = [
      table(
        [words.say('group'), words.say('count')],
        [
          ...figures.groups.map((g) => [g.key, words.number(g.count)]),
          [words.say('total'), words.number(figures.total)],
        ],
        [1],
      ),
      pairs([
        [words.say('file'), out],
        [words.say('sequence'), words.number(seq)],
        [words.say('fingerprint'), fingerprint],
      ]),
    ].join('\n\n')
    return { json: { report: done.report, asOf: done.asOf.at, seq, figures, file: out, sha256, fingerprint }, text }
  },
}

function date(args: Arguments, option: string): string {
  const value = args.required(option)
  if (!isIsoDate(value)) throw trouble('date-unusable', { value })
  return value
}
