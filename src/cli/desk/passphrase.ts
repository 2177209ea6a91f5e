import { resolve } from 'node:path'
import type { Command } from './command.ts'
import { changePassphrase } from './home.ts'

/** `passphrase --passphrase-file FORMER --new-passphrase-file NEXT`: another passphrase opens the same data. */
export const passphrase: Command = {
  options: { 'new-passphrase-file': 'one' },
  check: (args) => {
    args.exactly()
    args.required('passphrase-file')
    args.required('new-passphrase-file')
  },
  alone: async ({ args, words, home }) => {
    changePassphrase(resolve(home), args.required('passphrase-file'), args.required('new-passphrase-file'))
    return { json: { changed: true }, text: words.say('passphraseChanged') }
  },
  run: () => {
    throw new Error('a passphrase is changed without an engine')
  },
}
