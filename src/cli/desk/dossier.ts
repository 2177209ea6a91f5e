import { isIsoDate } from '../../domain/businessDate.ts'
import { trouble } from '../../domain/problem.ts'
import { cancellable } from './cancellable.ts'
import type { Command } from './command.ts'
import { pairs } from './table.ts'

/** `dossier`: everything about an IMEI as of a day as a PDF, with its proof against the registry's audit log. */
export const dossier: Command = {
  options: { at: 'one', out: 'one' },
  check: (args) => {
    args.exactly('IMEI')
    args.required('out')
  },
  run: async (context) => {
    const { args, engine, words, lang } = context
    const [imei] = args.exactly('IMEI')
    const at = args.value('at')
    if (at !== undefined && !isIsoDate(at)) throw trouble('date-unusable', { value: at })
    const target = engine.grant(args.required('out'))
    const written = await cancellable(context, (job) =>
      engine.call('dossier-pdf', { job, imei, ...(at !== undefined && { at }), language: lang, target }),
    )
    const text = pairs([
      [words.say('imei'), imei],
      [words.say('sequence'), words.number(written.seq)],
      [words.say('lastSync'), written.lastSync ?? '—'],
      [words.say('policy'), String(written.policy)],
      [words.say('file'), `${written.file}  ${written.sha256}`],
      [words.say('fingerprint'), written.fingerprint],
      [
        words.say('proofs'),
        written.checkpoint === null
          ? words.say('noProof')
          : `${words.number(written.proofs.filter(({ holds }) => holds).length)} / ${words.number(written.proofs.length)}`,
      ],
    ])
    return { json: written, text }
  },
}
