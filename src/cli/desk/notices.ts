import { isRangeOnly } from '../../contract/gridFilter.ts'
import { NOTICE_STAGES } from '../../domain/notice.ts'
import { type Arguments, usage } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { makeFolder } from './evidence.ts'
import { FILTER_OPTIONS, filterOf } from './filterOptions.ts'
import { operatorNamed } from './receipt.ts'
import { pairs, table } from './table.ts'

const FORMS =
  'due [FILTER] | list [FILTER] [--stage S] [--after IMEI] [--limit N] | issue OPERATOR [FILTER] --out DIR | delivered ISSUE FILE'

/** `notices`: warnings to holders of grey devices: what is due, lists for operators, what arrived. */
export const notices: Command = {
  options: { ...FILTER_OPTIONS, out: 'one', stage: 'one', after: 'one', limit: 'one' },
  check: (args) => {
    const [sub] = args.positionals
    if (sub === undefined) return
    if (sub === 'due' || sub === 'list') args.exactly(sub)
    else if (sub === 'delivered') args.exactly('delivered', 'ISSUE', 'FILE')
    else if (sub === 'issue') {
      args.exactly('issue', 'OPERATOR')
      args.required('out')
    } else throw usage(FORMS)
    for (const option of Object.keys(FILTER_OPTIONS))
      if (sub === 'delivered' && args.has(option)) throw usage(`--${option}`)
    whereOf(args)
    args.choice('stage', NOTICE_STAGES)
    args.count('limit')
  },
  run: (context) => {
    const [sub] = context.args.positionals
    if (sub === 'due') return due(context)
    if (sub === 'list') return list(context)
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

/** Whom the options let through; null: everybody. */
function whereOf(args: Arguments) {
  const filter = filterOf(args, 'grey')
  const isAll = isRangeOnly(filter) && filter.prefix === ''
  return isAll ? null : { ...filter, list: 'grey' as const }
}

/** A page of whom a warning is due to. */
async function list({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const after = args.value('after')
  const found = await engine.call('notices-due-page', {
    where: whereOf(args),
    stage: args.choice('stage', NOTICE_STAGES) ?? null,
    ...(after === undefined ? {} : { after: after.slice(0, 14) }),
    limit: args.count('limit') ?? 100,
  })
  const text = table(
    ['IMEI', words.say('warning'), words.say('since'), words.say('deadline'), words.say('operator')],
    found.rows.map(({ imei14, stage, since, deadline, operator }) => [
      imei14,
      words.term('noticeStage', stage),
      words.date(since),
      words.date(deadline),
      operator === null ? '' : words.term('source', operator),
    ]),
    [],
  )
  return { json: found, text: found.rows.length === 0 ? words.say('nothing') : text }
}

async function due({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const found = await engine.call('notices-due', { where: whereOf(args) })
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
    engine.call('issue-notices', { job, operator, where: whereOf(args), target: engine.grant(out) }),
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
