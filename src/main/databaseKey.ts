import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PRACTICE_KEY_FILE } from '../contract/host.ts'
import { trouble } from '../domain/problem.ts'
import type { LaunchOptions } from './launchOptions.ts'

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
  kept: 'keychain' | 'file'
  /** The home was made for practice, with sample data. */
  practice: boolean
}

const SEALED_KEY_FILE = 'desk.key'
const KEY = /^[0-9a-f]{64}$/

/**
 * The key of the home's databases, made at first use.
 * A practice home keeps it in a file; a given key file is used as it is; every other home needs a real keychain.
 * @throws ProblemError `home-key-missing` without keychain and key file, `home-key-wrong` when what is kept is no key
 */
export function databaseKey(options: LaunchOptions, keychain: Keychain): DatabaseKey {
  mkdirSync(options.home, { recursive: true, mode: 0o700 })
  const practiceFile = join(options.home, PRACTICE_KEY_FILE)
  if (options.keyFile) return { keyHex: readKey(options.keyFile), kept: 'file', practice: false }
  if (existsSync(practiceFile)) return { keyHex: readKey(practiceFile), kept: 'file', practice: true }

  const sealedFile = join(options.home, SEALED_KEY_FILE)
  if (existsSync(sealedFile)) return { keyHex: unsealKey(sealedFile, keychain), kept: 'keychain', practice: false }

  const keyHex = randomBytes(32).toString('hex')
  if (options.practice) {
    keep(practiceFile, `${keyHex}\n`)
    return { keyHex, kept: 'file', practice: true }
  }
  if (!keychain.backend) throw trouble('home-key-missing', { home: options.home })
  keep(sealedFile, keychain.seal(keyHex))
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

function keep(file: string, content: string | Buffer): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
