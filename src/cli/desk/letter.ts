import { LETTER_LANGUAGES } from '../../domain/letter.ts'
import type { Command } from './command.ts'
import { pairs } from './table.ts'

/** `letter`: a letter that was sent, as PDF; without `--lang kk|ru` in both languages on one sheet. */
export const letter: Command = {
  options: { letter: 'one', out: 'one' },
  check: (args) => {
    args.exactly('ID')
    args.required('out')
  },
  run: async ({ args, engine, words }) => {
    const [id] = args.exactly('ID')
    const out = args.required('out')
    const language = LETTER_LANGUAGES.find((l) => l === args.value('lang')) ?? 'both'
    const target = engine.grant(out)
    const written = await engine.call('save-letter', { id, letter: args.value('letter') ?? null, language, target })
    const json = { appeal: id, ...written, file: out }
    return {
      json,
      text: pairs([
        [words.say('appeal'), id],
        [words.say('letter'), `${written.letter} · ${written.code}`],
        [words.say('file'), `${out}  ${written.sha256}`],
      ]),
    }
  },
}
