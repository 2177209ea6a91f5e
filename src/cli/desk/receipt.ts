import { OPERATORS, type Operator } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import type { Arguments } from './arguments.ts'
import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { pairs, table } from './table.ts'

/** `receipt`: an operator's answer to a file, held against what was sent. */
export const receipt: Command = {
  options: {},
  check: (args) => {
    args.exactly('FILE')
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [file] = args.exactly('FILE')
    const done = await cancellable(context, (job) => engine.call('receipt', { job, source: engine.grant(file) }))
    const text = pairs([
      [words.say('operator'), words.term('source', done.operator)],
      [words.say('file'), done.file],
      [words.say('sequence'), words.number(done.seq)],
      [words.say('applied'), words.number(done.applied)],
      [words.say('refusedRows'), words.number(done.refused)],
      [words.say('missing'), words.number(done.missing)],
      [words.say('strange'), words.number(done.strange)],
    ])
    return { json: done, text }
  },
}

/** The operator an option or word names; `operator-unknown`. */
export function operatorNamed(name: string): Operator {
  const operator = OPERATORS.find((known) => known === name)
  if (!operator) throw trouble('operator-unknown', { operator: name })
  return operator
}

const operatorOf = (args: Arguments): Operator | null => {
  const name = args.value('operator')
  return name === undefined ? null : operatorNamed(name)
}

/** `operator-files`: what was made for operators, with the latest receipt of each. */
export const operatorFiles: Command = {
  options: { operator: 'one' },
  check: (args) => {
    args.exactly()
  },
  run: async ({ args, engine, words }) => {
    const files = await engine.call('operator-files', { operator: operatorOf(args) })
    const text = table(
      [words.say('file'), words.say('imeis'), words.say('applied'), words.say('refusedRows'), words.say('missing')],
      files.map((f) => [
        f.name,
        words.number(f.rows),
        ...(f.receipt
          ? [f.receipt.applied, f.receipt.refused, f.receipt.missing].map((n) => words.number(n))
          : ['—', '—', '—']),
      ]),
      [1, 2, 3, 4],
    )
    return { json: files, text: files.length === 0 ? words.say('nothing') : text }
  },
}

/** `violations`: blocked IMEIs still seen in networks. */
export const violations: Command = {
  options: { operator: 'one' },
  check: (args) => {
    args.exactly()
  },
  run: async ({ args, engine, words }) => {
    const found = await engine.call('violations', { operator: operatorOf(args) })
    const text = table(
      ['IMEI', words.say('operator'), words.say('blockedSince'), words.say('lastSeen'), words.say('days')],
      found.rows.map((v) => [
        v.imei14,
        words.term('source', v.operator),
        words.date(v.since),
        words.date(v.lastDay),
        words.number(v.days),
      ]),
      [4],
    )
    return { json: found, text: found.total === 0 ? words.say('nothing') : text }
  },
}

/** `operator-access`: a token for an operator who pulls his files; shown once. */
export const operatorAccess: Command = {
  options: { close: 'flag' },
  check: (args) => {
    args.exactly('OPERATOR')
  },
  run: async ({ args, engine, words }) => {
    const [name] = args.exactly('OPERATOR')
    const granted = await engine.call('grant-operator', { operator: operatorNamed(name), open: !args.has('close') })
    const text = pairs([
      [words.say('operator'), words.term('source', granted.operator)],
      [words.say('token'), granted.token ?? '—'],
    ])
    return { json: granted, text }
  },
}
