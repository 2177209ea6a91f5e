import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import type { Arguments } from './arguments.ts'
import type { Command } from './command.ts'
import { officerNames } from './officerNames.ts'
import { table } from './table.ts'

/** `supervision`: the queue's ages, officers' work of a period, a sample for quality, and what is out of the ordinary. */
export const supervision: Command = {
  options: { from: 'one', to: 'one' },
  check: (args) => {
    args.exactly()
    dateOf(args, 'from')
    dateOf(args, 'to')
  },
  run: async ({ args, engine, words }) => {
    const found = await engine.call('supervision', { from: dateOf(args, 'from'), to: dateOf(args, 'to') })
    const nameOf = await officerNames(engine)
    const columns = [
      'approved',
      'refused',
      'asked',
      'referred',
      'signed',
      'sentBack',
      'reversed',
      'atOddHours',
    ] as const
    const officers = table(
      [words.say('officer'), ...columns.map((c) => words.say(`work-${c}`))],
      found.officers.map((o) => [nameOf(o.officer), ...columns.map((c) => words.number(o[c]))]),
      columns.map((_, i) => i + 1),
    )
    const patterns = found.patterns.map((p) =>
      [words.say(`pattern-${p.pattern}`), nameOf(p.who), nameOf(p.with), words.number(p.count)]
        .filter(Boolean)
        .join(' · '),
    )
    return { json: found, text: [officers, ...patterns, found.sample.join(' ')].join('\n\n') }
  },
}

function dateOf(args: Arguments, option: 'from' | 'to'): string {
  const value = args.required(option)
  if (!isIsoDate(value)) throw trouble('date-unusable', { value })
  return value
}
