import { trouble } from '../../domain/problem.ts'
import { usage } from './arguments.ts'
import type { Command } from './command.ts'
import { table } from './table.ts'

/** `policy`: its versions. Simulating a change is of a later version. */
export const policy: Command = {
  options: { set: 'many' },
  check: (args) => {
    const [sub] = args.positionals
    if (sub === 'simulate') throw trouble('not-available', { command: 'policy simulate' })
    if (sub !== undefined) throw usage(sub)
  },
  run: async ({ engine, words }) => {
    const versions = await engine.call('policies', {})
    const text = table(
      [words.say('version'), words.say('name'), words.say('validFrom'), words.say('graceDays'), words.say('signedBy')],
      versions.map(({ policy: p }) => [
        String(p.version),
        p.name,
        words.date(p.validFrom),
        String(p.graceDays),
        p.signedBy,
      ]),
      [0, 3],
    )
    return { json: versions.map(({ policy: p, fromSeq }) => ({ ...p, fromSeq })), text }
  },
}
