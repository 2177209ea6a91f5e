import type { RunDone } from '../../contract/engine/blockRun.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { pairs, table } from './table.ts'
import type { Words } from './words.ts'

const FORMS = 'propose [--until DATE] | show RUN | sign RUN | decline RUN | list | schedule | manifest RUN --out F'

/** `blockrun`: proposes to block what is overdue, shows a run as it would be signed now, signs it. */
export const blockrun: Command = {
  options: { until: 'one', most: 'one', prefix: 'one', note: 'one', days: 'one', out: 'one' },
  check: (args) => {
    const [form] = args.positionals
    if (form === 'propose') args.exactly('propose')
    else if (form === 'list' || form === 'schedule') args.exactly(form)
    else if (form === 'show' || form === 'sign' || form === 'decline' || form === 'manifest') args.exactly(form, 'RUN')
    else throw usage(FORMS)
    if (form === 'manifest') args.required('out')
    if (form !== 'propose' && args.has('until')) throw usage('--until')
    args.count('most')
    args.count('days')
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [form] = args.positionals
    if (form === 'list') return list(context)
    if (form === 'schedule') return schedule(context)
    if (form === 'manifest') return manifest(context)
    const done = await run(args, engine)
    const { run: id, toBlack, held, conflicts, cap, state, signatures } = done
    const json = { run: id, toBlack, held, conflicts, cap, state, signatures }
    return { json, text: textOf(json, words) }
  },
}

function run(args: Arguments, engine: CommandContext['engine']): Promise<RunDone> {
  const [form, id = ''] = args.positionals
  if (form === 'show') return engine.call('blockrun-show', { run: id })
  const note = args.value('note') ?? ''
  if (form === 'sign' || form === 'decline')
    return engine.call('blockrun-sign', { run: id, agrees: form === 'sign', note })
  const until = args.value('until')
  if (until !== undefined && !isIsoDate(until)) throw trouble('date-unusable', { value: until })
  const [most, prefix] = [args.count('most') ?? null, args.value('prefix') ?? null]
  if (prefix !== null && !/^\d{1,14}$/.test(prefix)) throw usage(`--prefix ${prefix}`)
  return engine.call('blockrun-propose', { until: until ?? null, most, prefix })
}

async function list({ engine, words }: CommandContext): Promise<CommandAnswer> {
  const runs = await engine.call('blockruns', {})
  const text = table(
    ['№', words.say('state'), words.say('toBlack'), words.say('held'), words.say('conflicts'), words.say('signatures')],
    runs.map((r) => [
      String(r.no),
      words.term('runState', r.state),
      ...[r.toBlack, r.held, r.conflicts].map((n) => words.number(n)),
      r.signatures.join(', '),
    ]),
    [0, 2, 3, 4],
  )
  return { json: runs, text: runs.length === 0 ? words.say('nothing') : text }
}

async function schedule({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const found = await engine.call('blockrun-schedule', { days: args.count('days') ?? 30 })
  const text = table(
    [words.say('day'), words.say('imeis')],
    [
      [words.say('overdue'), words.number(found.overdue)],
      ...found.days.map((d) => [words.date(d.day), words.number(d.imeis)]),
    ],
    [1],
  )
  return { json: found, text }
}

async function manifest({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const target = engine.grant(args.required('out'))
  const written = await engine.call('blockrun-manifest', { run: args.positionals[1] ?? '', target })
  return { json: written, text: pairs([[words.say('file'), `${written.file}  ${written.sha256}`]]) }
}

const textOf = (run: RunDone, words: Words): string =>
  pairs([
    [words.say('run'), run.run ?? '—'],
    [words.say('state'), words.term('runState', run.state)],
    [words.say('toBlack'), words.number(run.toBlack)],
    [words.say('held'), words.number(run.held)],
    [words.say('conflicts'), words.number(run.conflicts)],
    [words.say('cap'), words.number(run.cap)],
    [words.say('signatures'), run.signatures.join(', ') || '—'],
  ])
