import { CLONE_STATES, CLONE_VERDICTS } from '../../domain/cloneCase.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command, CommandAnswer, CommandContext } from './command.ts'
import { pairs, table } from './table.ts'

const FORMS = 'show CASE | open IMEI | decide CASE | sign CASE'

/** `clones`: cases of codes that seem to be on several devices; one with its rivals, opened, decided, signed. */
export const clones: Command = {
  options: { state: 'one', verdict: 'one', holder: 'one', note: 'one', decline: 'flag' },
  check: (args) => {
    const [sub] = args.positionals
    if (sub === undefined) {
      args.choice('state', CLONE_STATES)
      return
    }
    if (sub === 'open') args.exactly('open', 'IMEI')
    else if (sub === 'show' || sub === 'decide' || sub === 'sign') args.exactly(sub, 'CASE')
    else throw usage(FORMS)
    if (sub === 'decide') {
      args.required('verdict')
      args.choice('verdict', CLONE_VERDICTS)
    }
  },
  run: (context) => {
    const [sub] = context.args.positionals
    if (sub === undefined) return all(context)
    return sub === 'show' ? show(context) : act(context)
  },
}

async function all({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const cases = await engine.call('clone-cases', { state: args.choice('state', CLONE_STATES) ?? null })
  const text = table(
    ['№', 'IMEI', words.say('state'), words.say('holders'), words.say('opened')],
    cases.map((c) => [
      String(c.no),
      c.imei14,
      words.term('cloneState', c.state),
      String(c.holders),
      words.instant(c.openedAt),
    ]),
    [0, 3],
  )
  return { json: cases, text: cases.length === 0 ? words.say('nothing') : text }
}

async function show({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const found = await engine.call('clone-case', { case: args.positionals[1] ?? '' })
  const text = table(
    [
      'IMSI',
      words.say('operator'),
      words.say('firstSeen'),
      words.say('lastSeen'),
      words.say('days'),
      words.say('radio'),
      words.say('regions'),
    ],
    found.rivals.map((r) => [
      r.imsi,
      words.term('source', r.operator),
      words.date(r.firstDay),
      words.date(r.lastDay),
      String(r.days),
      r.rats.join(' '),
      r.regions.join(', '),
    ]),
    [4],
  )
  return { json: found, text: found.rivals.length === 0 ? words.say('nothing') : text }
}

function done(args: Arguments, engine: CommandContext['engine']) {
  const [sub, name = ''] = args.positionals
  const note = args.value('note') ?? ''
  if (sub === 'open') return engine.call('open-clone-case', { imei: name, note })
  if (sub === 'sign') return engine.call('sign-clone-case', { case: name, agrees: !args.has('decline'), note })
  const verdict = args.choice('verdict', CLONE_VERDICTS) ?? 'dismissed'
  return engine.call('decide-clone-case', { case: name, verdict, imsi: args.value('holder') ?? null, note })
}

async function act({ args, engine, words }: CommandContext): Promise<CommandAnswer> {
  const answer = await done(args, engine)
  const text = pairs([
    ['№', String(answer.no)],
    [words.say('state'), words.term('cloneState', answer.state)],
    [words.say('signatures'), answer.signatures.join(', ') || '—'],
  ])
  return { json: answer, text }
}

/** `pair`: whether two IMEIs can be one device. */
export const pair: Command = {
  options: {},
  check: (args) => {
    args.exactly('IMEI', 'IMEI')
  },
  run: async ({ args, engine, words }) => {
    const [a, b] = args.exactly('IMEI', 'IMEI')
    const found = await engine.call('device-pair', { imeis: [a, b] })
    const text = table(
      [words.say('rule'), words.say('result'), words.say('why')],
      found.findings.map((f) => [words.term('pairRule', f.rule), words.term('result', f.verdict), f.because]),
    )
    return { json: found, text }
  },
}
