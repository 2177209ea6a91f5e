import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PRACTICE_KEY_FILE } from '../contract/host.ts'
import { PASSPHRASE_KEY_FILE } from '../contract/passphraseKey.ts'
import { trouble } from '../domain/problem.ts'
import { keepFile } from './keepFile.ts'
import type { LaunchOptions } from './launchOptions.ts'
import { PassphraseKey } from './passphraseKey.ts'

/** What Electron's safeStorage offers; given so that tests need no Electron. */
export interface Keychain {
  /** Name of the real keychain, or null where text would only be obscured. */
  readonly backend: string | null
  seal(text: string): Buffer
  unseal(sealed: Buffer): string
}

export interface DatabaseKey {
  /** 32 bytes, hex. */
  keyHex: string
  /** Shown to the officer: `file` means unprotected unless he keeps that file elsewhere. */
  kept: 'keychain' | 'passphrase' | 'file'
  /** The home was made for practice, with sample data. */
  practice: boolean
}

const SEALED_KEY_FILE = 'desk.key'
const KEY = /^[0-9a-f]{64}$/

/**
 * The key of the home's databases, made at first use: of a practice home in a file; in a given key file; sealed by the keychain; or, where
 * there is no keychain or `passphrase` asks for it, sealed by a passphrase that the officer still has to give.
 * @throws ProblemError `home-key-missing` when what kept the key is gone, `home-key-wrong` when what is kept is no key
 */
export function databaseKey(options: LaunchOptions, keychain: Keychain): DatabaseKey | PassphraseKey {
  const { home } = options
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const practiceFile = join(home, PRACTICE_KEY_FILE)
  if (options.keyFile) return { keyHex: readKey(options.keyFile), kept: 'file', practice: false }
  if (existsSync(practiceFile)) return { keyHex: readKey(practiceFile), kept: 'file', practice: true }

  const passphraseFile = join(home, PASSPHRASE_KEY_FILE)
  if (existsSync(passphraseFile)) return new PassphraseKey(passphraseFile, home, false)
  const sealedFile = join(home, SEALED_KEY_FILE)
  if (existsSync(sealedFile)) return { keyHex: unsealKey(sealedFile, keychain), kept: 'keychain', practice: false }

  // a new key would not open what is there
  if (existsSync(join(home, 'desk.db'))) throw trouble('home-key-missing', { home })
  const keyHex = randomBytes(32).toString('hex')
  if (options.practice) {
    keepFile(practiceFile, `${keyHex}\n`)
    return { keyHex, kept: 'file', practice: true }
  }
  if (options.passphrase || !keychain.backend) return new PassphraseKey(passphraseFile, home, true)
  keepFile(sealedFile, keychain.seal(keyHex))
  return { keyHex, kept: 'keychain', practice: false }
}

function readKey(file: string): string {
  if (!existsSync(file)) throw trouble('home-key-missing', { home: file })
  const text = readFileSync(file, 'utf8').trim()
  if (!KEY.test(text)) throw trouble('home-key-wrong', { home: file })
  return text
}

function unsealKey(file: string, keychain: Keychain): string {
  if (!keychain.backend) throw trouble('home-key-missing', { home: file })
  let text: string
  try {
    text = keychain.unseal(readFileSync(file))
  } catch (error) {
    throw Object.assign(trouble('home-key-wrong', { home: file }), { cause: error })
  }
  if (!KEY.test(text)) throw trouble('home-key-wrong', { home: file })
  return text
}
