import { resolve } from 'node:path'
import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { pairs, table } from './table.ts'

/** `verify-report`: whether a file is a genuine report and unchanged, and what differs. */
export const verifyReport: Command = {
  options: {},
  check: (args) => void args.exactly('FILE'),
  run: async (context) => {
    const { args, engine, words } = context
    const [name] = args.exactly('FILE')
    const file = resolve(name)
    const done = await cancellable(context, (job) => engine.call('verify-report', { job, target: engine.grant(file) }))
    const { genuine, report, asOf, seq, signer, differences } = done
    const verdict = words.say(genuine ? 'genuine' : report === null ? 'noReport' : 'notGenuine')
    const text = [
      verdict,
      ...(report === null
        ? []
        : [
            pairs([
              [words.say('report'), report],
              [words.say('sequence'), words.number(seq ?? 0)],
              [words.say('asOfTime'), words.instant(asOf)],
              [words.say('signature'), words.say(`signature-${done.signature}`)],
              [words.say('unchanged'), words.say(done.unchanged ? 'yes' : 'no')],
              [
                words.say('sameFigures'),
                words.say(done.sameFigures === null ? 'notAsked' : done.sameFigures ? 'yes' : 'no'),
              ],
            ]),
          ]),
      ...(differences.length === 0
        ? []
        : [
            table(
              [words.say('place'), words.say('written'), words.say('found')],
              differences.map((d) => [d.place, d.written, d.found]),
            ),
          ]),
    ].join('\n\n')
    const { unchanged, sameFigures, signature, fingerprint } = done
    const json = { genuine, report, asOf, seq, signer, fingerprint, signature, unchanged, sameFigures, differences }
    return { json, text }
  },
}
