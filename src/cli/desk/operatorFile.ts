import { OPERATORS } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { makeFolder } from './evidence.ts'
import { pairs } from './table.ts'

const LISTS = ['black', 'grey', 'exceptions'] as const

/** `operator-file`: a list as an operator's EIR takes it, with its manifest. */
export const operatorFile: Command = {
  options: { list: 'one', since: 'one', out: 'one' },
  check: (args) => {
    args.exactly('OPERATOR')
    args.required('list')
    args.choice('list', LISTS)
    args.count('since')
    args.required('out')
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [name] = args.exactly('OPERATOR')
    const operator = OPERATORS.find((known) => known === name)
    if (!operator) throw trouble('operator-unknown', { operator: name })
    const out = args.required('out')
    await makeFolder(out)
    const file = await cancellable(context, (job) =>
      engine.call('operator-file', {
        job,
        operator,
        list: args.choice('list', LISTS) ?? 'black',
        since: args.count('since') ?? null,
        target: engine.grant(out),
      }),
    )
    const text = pairs([
      [words.say('operator'), words.term('source', operator)],
      [words.say('list'), words.term('list', file.list)],
      [words.say('sequence'), words.number(file.seq)],
      [words.say('imeis'), words.number(file.rows)],
      ...file.files.map((f): [string, string] => [words.say('file'), `${f.name}  ${f.sha256}`]),
    ])
    return { json: file, text }
  },
}
