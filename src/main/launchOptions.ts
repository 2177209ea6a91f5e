import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Lang, zLang } from '../contract/value.ts'

/** How the desk was started. */
export interface LaunchOptions {
  /** Absolute folder of this desk. */
  home: string
  /** Address of the registry; null: offline. */
  registry: string | null
  /** Overrides the remembered language. */
  language: Lang | null
  /** A practice desk with sample data, whose key is kept in a file. */
  practice: boolean
  /** A file with the databases' key, for machines without a keychain. */
  keyFile: string | null
  /** The key of a new home is kept under a passphrase, also where there is a keychain. */
  passphrase: boolean
}

/**
 * Reads the program's arguments; switches of Chromium among them are left alone.
 * @param args what follows the executable, with or without the app's path
 * @param defaultHome used when no `--home` is given
 */
export function readLaunchOptions(args: readonly string[], defaultHome: string): LaunchOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      home: { type: 'string' },
      registry: { type: 'string' },
      language: { type: 'string' },
      practice: { type: 'boolean' },
      'key-file': { type: 'string' },
      passphrase: { type: 'boolean' },
    },
  })
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
  const home = text(values.home)
  const keyFile = text(values['key-file'])
  return {
    home: home ? resolve(home) : join(defaultHome, 'desk'),
    registry: text(values.registry),
    language: zLang.safeParse(values.language).data ?? null,
    practice: values.practice === true,
    keyFile: keyFile ? resolve(keyFile) : null,
    passphrase: values.passphrase === true,
  }
}
