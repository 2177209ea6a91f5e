import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { PRACTICE_KEY_FILE } from '../../contract/host.ts'
import { PASSPHRASE_KEY_FILE } from '../../contract/passphraseKey.ts'
import { trouble } from '../../domain/problem.ts'
import { restoreDesk } from '../../engine/restoreDesk.ts'
import type { Command } from './command.ts'
import { homeKey } from './home.ts'

/** `backup`: what this desk alone knows, encrypted, in one file. */
export const backup: Command = {
  options: { out: 'one' },
  opening: { sync: false },
  check: (args) => {
    args.exactly()
    args.required('out')
  },
  run: async ({ args, engine, words }) => {
    const out = args.required('out')
    const made = await engine.call('backup', { target: engine.grant(out) })
    return { json: made, text: `${made.file} · ${words.number(made.bytes)} · ${made.sha256}` }
  },
}

/** `restore`: a new home of a backup. The key is the one of the desk that was saved. */
export const restore: Command = {
  options: {},
  check: (args) => {
    args.exactly('FILE')
  },
  alone: async ({ args, words, home, keys }) => {
    const [file] = args.exactly('FILE')
    // without a key given or kept, a new one would be made for practice, and would not fit
    const isKept = [PRACTICE_KEY_FILE, PASSPHRASE_KEY_FILE].some((name) => existsSync(join(home, name)))
    if (keys.keyFile === undefined && !isKept) throw trouble('home-key-missing', { home })
    const keyHex = await homeKey(home, keys, async () => false)
    const { bytes, sha256 } = await restoreDesk(resolve(file), resolve(home), keyHex)
    const json = { file: basename(file), bytes, sha256 }
    return { json, text: `${json.file} · ${words.number(bytes)} · ${sha256}` }
  },
  run: () => {
    throw new Error('restore works without an engine')
  },
}
