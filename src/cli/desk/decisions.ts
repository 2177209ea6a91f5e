import {
  CLAIM_FIELDS,
  type ClaimField,
  FIELD_VERDICTS,
  type FieldVerdict,
  REASON_CODES,
  VERDICTS,
} from '../../domain/appeal.ts'
import { SOURCE_BODIES } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { type Arguments, usage } from './arguments.ts'
import type { Command } from './command.ts'
import type { EngineClient } from './engineClient.ts'
import { pairs } from './table.ts'
import type { Words } from './words.ts'

interface Done {
  readonly state: string
  readonly verdict: string | null
  readonly pending: boolean
}

const textOf = (id: string, { state, verdict }: Done, words: Words): string =>
  pairs([
    [words.say('appeal'), id],
    [words.say('state'), words.term('appealState', state)],
    ...(verdict === null ? [] : [[words.say('verdict'), words.term('verdict', verdict)] as [string, string]]),
  ])

/** `claim`: takes an appeal by number, or the next one by deadline. */
export const claim: Command = {
  options: {},
  check: (args) => args.exactly('ID|next'),
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID|next')
    const { appeal, state, pending } = await engine.call('claim-appeal', { id })
    const done = { state: pending ? 'queued' : state, verdict: null, pending }
    return { json: { appeal, ...done }, text: textOf(appeal, done, words) }
  },
}

/** `decide`: one decision over the whole device. */
export const decide: Command = {
  options: { fields: 'many', reason: 'many', note: 'one', internal: 'one', item: 'one', to: 'one' },
  check: (args) => {
    const [, verdict] = args.exactly('ID', 'approve|reject|ask|refer')
    args.choice('item', CLAIM_FIELDS)
    args.choice('to', SOURCE_BODIES)
    if (!VERDICTS.some((v) => v === verdict)) throw usage(verdict)
  },
  run: async ({ args, engine, words }) => {
    const [id, word] = args.exactly('ID', 'approve|reject|ask|refer')
    const verdict = VERDICTS.find((v) => v === word)
    if (!verdict) throw usage(word)
    const given = fieldsOf(args)
    const fields = given.all === undefined ? given.named : await withAll(id, given.all, given.named)
    const { state, pending } = await engine.call('decide-appeal', {
      id,
      verdict,
      fields,
      reasons: reasonsOf(args),
      note: args.value('note') ?? '',
      internal: args.value('internal') ?? '',
      item: args.choice('item', CLAIM_FIELDS) ?? null,
      body: args.choice('to', SOURCE_BODIES) ?? null,
      holdSeconds: 0,
    })
    const isQueued = pending && (await isWaiting(engine, id))
    const done = { state: isQueued ? 'queued' : state, verdict, pending }
    return { json: { appeal: id, ...done }, text: textOf(id, done, words) }

    /** `all` means the fields that this appeal compares. */
    async function withAll(appeal: string, all: FieldVerdict, named: Fields): Promise<Fields> {
      const { comparison } = await engine.call('appeal', { id: appeal })
      return { ...Object.fromEntries(comparison.map(({ field }) => [field, all])), ...named }
    }
  },
}

/** Whether a command about the appeal is still in the outbox; else `pending` means that a second officer must sign. */
async function isWaiting(engine: EngineClient, appeal: string): Promise<boolean> {
  const outbox = await engine.call('outbox', {})
  return outbox.some(({ subject, state }) => subject === appeal && ['held', 'queued', 'sending'].includes(state))
}

type Fields = Partial<Record<ClaimField, FieldVerdict>>

function fieldsOf(args: Arguments): { all: FieldVerdict | undefined; named: Fields } {
  let all: FieldVerdict | undefined
  const named: Fields = {}
  for (const pair of args.values('fields').flatMap((text) => text.split(','))) {
    const [name = '', word] = pair.split('=')
    const verdict = FIELD_VERDICTS.find((v) => v === word)
    if (!verdict) throw usage(`--fields ${pair} (NAME=${FIELD_VERDICTS.join('|')})`)
    const field = CLAIM_FIELDS.find((f) => f === name)
    if (name === 'all') all = verdict
    else if (field) named[field] = verdict
    else throw trouble('field-unknown', { field: name })
  }
  return { all, named }
}

export const reasonsOf = (args: Arguments) =>
  args
    .values('reason')
    .flatMap((text) => text.split(','))
    .map((text) => {
      const code = REASON_CODES.find((c) => c === text.toUpperCase())
      if (!code) throw trouble('reason-unknown', { reason: text })
      return code
    })

/** `sign`: second signature of an appeal, a batch or an undo. */
export const sign: Command = {
  options: { note: 'one', disagree: 'flag' },
  check: (args) => args.exactly('ID'),
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID')
    const done = await engine.call('sign', { id, agrees: !args.has('disagree'), note: args.value('note') ?? '' })
    const isAppeal = id.startsWith('A-')
    const verdict = isAppeal ? 'approve' : null
    const { pending } = done
    const state = pending ? 'queued' : done.state
    return {
      json: { [isAppeal ? 'appeal' : 'batch']: done.id, state, verdict, pending },
      text: pairs([
        [words.say(isAppeal ? 'appeal' : 'batch'), done.id],
        [words.say('state'), words.term(isAppeal ? 'appealState' : 'batchState', state)],
      ]),
    }
  },
}
