import type { RunDone } from '../../contract/engine/blockRun.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { pairs } from './table.ts'
import type { Words } from './words.ts'

const FORMS = 'propose [--until DATE] | show RUN | sign RUN'

/** `blockrun`: proposes to block what is overdue, shows a run as it would be signed now, signs it. */
export const blockrun: Command = {
  options: { until: 'one' },
  check: (args) => {
    const [form] = args.positionals
    if (form === 'propose') args.exactly('propose')
    else if (form === 'show' || form === 'sign') args.exactly(form, 'RUN')
    else throw usage(FORMS)
    if (form !== 'propose' && args.has('until')) throw usage('--until')
  },
  run: async ({ args, engine, words }) => {
    const done = await run(args, engine)
    const { run: id, toBlack, held, conflicts, cap, state, signatures } = done
    const json = { run: id, toBlack, held, conflicts, cap, state, signatures }
    return { json, text: textOf(json, words) }
  },
}

function run(args: Arguments, engine: CommandContext['engine']): Promise<RunDone> {
  const [form, id = ''] = args.positionals
  if (form === 'show') return engine.call('blockrun-show', { run: id })
  if (form === 'sign') return engine.call('blockrun-sign', { run: id })
  const until = args.value('until')
  if (until !== undefined && !isIsoDate(until)) throw trouble('date-unusable', { value: until })
  return engine.call('blockrun-propose', { until: until ?? null })
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
