import type { BlockRun, HeldCounts, RunDone } from '../../contract/engine/blockRun.ts'
import { isRangeOnly } from '../../contract/gridFilter.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { FILTER_OPTIONS, filterOf } from './filterOptions.ts'
import { pairs, table } from './table.ts'
import type { Words } from './words.ts'

const FORMS =
  'propose [--until DATE] [--most N] [--reason R] [--brand B] … | show RUN | sign RUN | decline RUN | list | schedule | manifest RUN --out F'

/** `blockrun`: proposes to block what is overdue, shows a run as it would be signed now, signs it. */
export const blockrun: Command = {
  options: { ...FILTER_OPTIONS, until: 'one', most: 'one', note: 'one', days: 'one', out: 'one' },
  check: (args) => {
    const [form] = args.positionals
    if (form === 'propose') args.exactly('propose')
    else if (form === 'list' || form === 'schedule') args.exactly(form)
    else if (form === 'show' || form === 'sign' || form === 'decline' || form === 'manifest') args.exactly(form, 'RUN')
    else throw usage(FORMS)
    if (form === 'manifest') args.required('out')
    for (const option of ['until', ...Object.keys(FILTER_OPTIONS)])
      if (form !== 'propose' && args.has(option)) throw usage(`--${option}`)
    filterOf(args, 'grey')
    args.count('most')
    args.count('days')
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [form] = args.positionals
    if (form === 'list') return list(context)
    if (form === 'schedule') return schedule(context)
    if (form === 'manifest') return manifest(context)
    if (form === 'show') return show(context)
    const json = outcome(await run(args, engine))
    return { json, text: textOf(json, words) }
  },
}

const outcome = ({ run: id, toBlack, held, conflicts, cap, state, signatures }: RunDone): RunDone => ({
  run: id,
  toBlack,
  held,
  conflicts,
  cap,
  state,
  signatures,
})

/** A run as it would be signed now, why what it holds is held, and the part of what was due that it takes. */
async function show({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const found = await engine.call('blockrun-show', { run: args.positionals[1] ?? '' })
  const { heldBy, part } = found
  const json = { ...outcome(found), heldBy, part }
  const more = [...heldLines(heldBy, words), ...partLines(part, words)]
  return { json, text: [textOf(found, words), ...(more.length > 0 ? [pairs(more)] : [])].join('\n') }
}

const heldLines = (heldBy: HeldCounts, words: Words): [string, string][] =>
  (['appeal', 'complaint', 'warning'] as const).map((by) => [words.say(`heldBy-${by}`), words.number(heldBy[by])])

function partLines({ most, prefix, where }: BlockRun['part'], words: Words): [string, string][] {
  const said = Object.entries(where ?? {}).filter(([name, value]) => name !== 'list' && value !== null && value !== '')
  const text = [
    ...said.map(([name, value]) => `${name}=${value}`),
    ...(prefix === undefined ? [] : [`prefix=${prefix}`]),
    ...(most === undefined ? [] : [`most=${most}`]),
  ].join(' ')
  return text === '' ? [] : [[words.say('part'), text]]
}

function run(args: Arguments, engine: CommandContext['engine']): Promise<RunDone> {
  const [form, id = ''] = args.positionals
  const note = args.value('note') ?? ''
  if (form === 'sign' || form === 'decline')
    return engine.call('blockrun-sign', { run: id, agrees: form === 'sign', note })
  const until = args.value('until')
  if (until !== undefined && !isIsoDate(until)) throw trouble('date-unusable', { value: until })
  const { prefix, ...filter } = filterOf(args, 'grey')
  // first digits alone are known to registries of before filters
  const where = isRangeOnly({ prefix, ...filter }) ? null : { ...filter, prefix, list: 'grey' as const }
  const digits = where === null && prefix !== '' ? prefix : null
  return engine.call('blockrun-propose', {
    until: until ?? null,
    most: args.count('most') ?? null,
    prefix: digits,
    where,
  })
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
