import type { Command } from './command.ts'
import { table } from './table.ts'

/** `to-sign`: what waits for the officer's signature, the next one first. */
export const toSign: Command = {
  options: {},
  check: (args) => args.exactly(),
  run: async ({ engine, words }) => {
    const rows = await engine.call('to-sign', {})
    const lines = rows.map(({ kind, id, no }) => [words.say(`signKind-${kind}`), no === null ? '' : String(no), id])
    const text = rows.length === 0 ? words.say('nothing') : table([words.say('what'), '№', 'ID'], lines, [1])
    return { json: rows, text }
  },
}
