import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command, CommandAnswer } from './command.ts'
import { reasonsOf } from './decisions.ts'
import type { EngineClient } from './engineClient.ts'
import { pairs } from './table.ts'
import type { Words } from './words.ts'

interface Acted {
  readonly appeal: string
  readonly state: string
  readonly pending: boolean
}

const answerOf = ({ appeal, state, pending }: Acted, words: Words): CommandAnswer => ({
  json: { appeal, state: pending ? 'queued' : state, pending },
  text: pairs([
    [words.say('appeal'), appeal],
    [words.say('state'), words.term('appealState', pending ? 'queued' : state)],
  ]),
})

/** A command about one appeal that answers what became of it. */
const acting = (
  options: Command['options'],
  check: (args: Arguments) => void,
  act: (engine: EngineClient, id: string, args: Arguments) => Promise<Acted>,
): Command => ({
  options,
  check: (args) => {
    args.exactly('ID')
    check(args)
  },
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID')
    return answerOf(await act(engine, id, args), words)
  },
})

/** `prolong`: a longer term by a reasoned decision. */
export const prolong = acting(
  { until: 'one', note: 'one', internal: 'one' },
  (args) => {
    const until = args.required('until')
    if (!isIsoDate(until)) throw trouble('date-unusable', { value: until })
  },
  (engine, id, args) =>
    engine.call('prolong-appeal', {
      id,
      until: args.required('until'),
      note: args.value('note') ?? '',
      internal: args.value('internal') ?? '',
    }),
)

/** `hand-over`: to a named colleague. */
export const handOver = acting(
  { to: 'one', note: 'one' },
  (args) => args.required('to'),
  (engine, id, args) =>
    engine.call('hand-over-appeal', { id, to: args.required('to'), note: args.value('note') ?? '' }),
)

/** `assign`: a supervisor's; without `--to` it goes back to the queue. */
export const assign = acting(
  { to: 'one', reason: 'one' },
  (args) => args.required('reason'),
  (engine, id, args) =>
    engine.call('assign-appeal', { id, to: args.value('to') ?? null, reason: args.required('reason') }),
)

/** `return`: a claimed appeal back to the queue. */
export const giveBack = acting(
  { reason: 'one' },
  (args) => args.required('reason'),
  async (engine, id, args) => {
    await engine.call('return-appeal', { id, reason: args.required('reason') })
    const { state } = await engine.call('appeal', { id })
    return { appeal: id, state, pending: false }
  },
)

/** `withdraw`: the applicant took his appeal back. */
export const withdraw = acting(
  { note: 'one' },
  () => undefined,
  (engine, id, args) => engine.call('withdraw-appeal', { id, note: args.value('note') ?? '' }),
)

/** `revoke`: the own decision taken back, as a record of its own; of an approval a proposal with reasons, for `sign` by another officer. */
export const revoke = acting(
  { note: 'one', reason: 'many', internal: 'one' },
  (args) => args.required('note'),
  (engine, id, args) =>
    engine.call('revoke-decision', {
      id,
      note: args.required('note'),
      reasons: args.values('reason').length > 0 ? reasonsOf(args) : [],
      internal: args.value('internal') ?? '',
    }),
)

/** `complain`: a complaint that came on paper. */
export const complain = acting(
  { text: 'one' },
  (args) => args.required('text'),
  (engine, id, args) => engine.call('complain-appeal', { id, text: args.required('text') }),
)

/** `decide-many`: one decision with one reason over appeals that were listed before. */
export const decideMany: Command = {
  options: { reason: 'many', note: 'one', internal: 'one' },
  check: (args) => {
    verdictOf(args)
    reasonsOf(args)
  },
  run: async ({ args, engine, words }) => {
    const { verdict, ids } = verdictOf(args)
    const appeals: { id: string; version: number }[] = []
    for (const id of ids) appeals.push({ id, version: (await engine.call('appeal', { id })).version })
    const answer = await engine.call('decide-many', {
      appeals,
      verdict,
      reasons: reasonsOf(args),
      note: args.value('note') ?? '',
      internal: args.value('internal') ?? '',
    })
    return {
      json: answer,
      text: pairs([
        [words.say('decided'), answer.done.join(' ')],
        [words.say('leftOut'), answer.refused.map((r) => `${r.appeal} (${r.problem.code})`).join(' ')],
      ]),
    }
  },
}

function verdictOf(args: Arguments): { verdict: 'reject' | 'ask' | 'refer'; ids: readonly string[] } {
  const [word, ...ids] = args.positionals
  const verdict = (['reject', 'ask', 'refer'] as const).find((v) => v === word)
  if (!verdict || ids.length === 0) throw usage('reject|ask|refer ID…')
  return { verdict, ids }
}
