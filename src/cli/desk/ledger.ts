import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'

/** `ledger`: lines of a declaration as accounts; without a number, those that are overdrawn. */
export const ledger: Command = {
  options: {},
  check: (args) => {
    if (args.positionals.length > 0) args.exactly('DECLARATION')
  },
  run: async (context) => {
    const { args, engine, words } = context
    const [declaration] = args.positionals
    const found =
      declaration === undefined
        ? await cancellable(context, (job) => engine.call('overdrawn', { job }))
        : { lines: await engine.call('declaration-ledger', { declaration }) }
    const text = table(
      [
        words.say('declaration'),
        words.say('line'),
        words.say('quantity'),
        words.say('devices'),
        words.say('imeis'),
        words.say('seenImeis'),
        words.say('claimed'),
        words.say('overdrawn'),
      ],
      found.lines.map((l) => [
        l.declaration,
        l.line ?? '—',
        l.quantity === null ? '—' : words.number(l.quantity),
        ...[l.devices, l.imeis, l.seen, l.claimed, l.overdrawn].map((n) => words.number(n)),
      ]),
      [2, 3, 4, 5, 6, 7],
    )
    const json = declaration === undefined ? found : found.lines
    return { json, text: found.lines.length === 0 ? words.say('nothing') : text }
  },
}
