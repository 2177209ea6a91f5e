import { usage } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { makeFolder } from './evidence.ts'
import { operatorNamed } from './receipt.ts'
import { pairs, table } from './table.ts'

const FORMS = 'due | issue OPERATOR --out DIR | delivered ISSUE FILE'

/** `notices`: warnings to holders of grey devices: what is due, lists for operators, what arrived. */
export const notices: Command = {
  options: { out: 'one' },
  check: (args) => {
    const [sub] = args.positionals
    if (sub === undefined) return
    if (sub === 'due') args.exactly('due')
    else if (sub === 'delivered') args.exactly('delivered', 'ISSUE', 'FILE')
    else if (sub === 'issue') {
      args.exactly('issue', 'OPERATOR')
      args.required('out')
    } else throw usage(FORMS)
  },
  run: (context) => {
    const [sub] = context.args.positionals
    if (sub === 'due') return due(context)
    if (sub === 'issue') return issue(context)
    return sub === 'delivered' ? delivered(context) : all(context)
  },
}

async function all({ engine, words }: CommandContext): Promise<CommandAnswer> {
  const issues = await engine.call('notice-issues', {})
  const text = table(
    ['№', words.say('operator'), words.say('day'), words.say('imeis'), words.say('delivered'), words.say('failed')],
    issues.map((i) => [
      String(i.no),
      words.term('source', i.operator),
      words.date(i.day),
      ...[i.rows, i.delivered, i.failed].map((n) => words.number(n)),
    ]),
    [0, 3, 4, 5],
  )
  return { json: issues, text: issues.length === 0 ? words.say('nothing') : text }
}

async function due({ engine, words }: CommandContext): Promise<CommandAnswer> {
  const found = await engine.call('notices-due', {})
  return { json: found, text: stages(found, words) }
}

const stages = (found: { first: number; reminder: number; last: number }, words: CommandContext['words']): string =>
  pairs(
    (['first', 'reminder', 'last'] as const).map((stage): [string, string] => [
      words.term('noticeStage', stage),
      words.number(found[stage]),
    ]),
  )

async function issue(context: CommandContext): Promise<CommandAnswer> {
  const { args, engine, words } = context
  const operator = operatorNamed(args.positionals[1] ?? '')
  const out = args.required('out')
  await makeFolder(out)
  const made = await cancellable(context, (job) =>
    engine.call('issue-notices', { job, operator, target: engine.grant(out) }),
  )
  const name: [string, string][] = made.file ? [[words.say('file'), made.file.name]] : []
  return { json: made, text: `${stages(made, words)}\n${pairs(name)}` }
}

async function delivered(context: CommandContext): Promise<CommandAnswer> {
  const { args, engine, words } = context
  const [, name = '', file = ''] = args.positionals
  const done = await cancellable(context, (job) =>
    engine.call('record-delivery', { job, issue: name, source: engine.grant(file) }),
  )
  const text = pairs([
    [words.say('delivered'), words.number(done.delivered)],
    [words.say('failed'), words.number(done.failed)],
    [words.say('strange'), words.number(done.strange)],
  ])
  return { json: done, text }
}
