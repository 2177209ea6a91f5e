import crypto, { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { PRACTICE_KEY_FILE } from '../../contract/host.ts'
import { openSealedKey, PASSPHRASE_KEY_FILE, sealKey } from '../../contract/passphraseKey.ts'
import { trouble } from '../../domain/problem.ts'

/** The folder the window uses too. */
export function defaultHome(): string {
  const { platform, env } = process
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData/Roaming'), 'Tamga/desk')
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/Tamga/desk')
  return join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Tamga/desk')
}

const KEY = /^[0-9a-f]{64}$/

/** Files that the command line names: one with the key itself, or one with the passphrase that opens it. */
export interface KeyFiles {
  readonly keyFile: string | undefined
  readonly passphraseFile: string | undefined
}

/**
 * The key of the home's databases: the given file, the one a practice home keeps, or the one under the given passphrase, which also makes a
 * new home's. A home whose key is in the system's keychain can be opened from the command line only with `--key-file`. Another new home is
 * made for practice, and only where `mayPractise` allows it.
 * @throws ProblemError `home-key-missing`, `home-key-wrong`, `passphrase-needed`, `passphrase-wrong`, `passphrase-weak`
 */
export async function homeKey(
  home: string,
  { keyFile, passphraseFile }: KeyFiles,
  mayPractise: () => Promise<boolean>,
): Promise<string> {
  if (keyFile !== undefined) return readKey(keyFile)
  const file = join(home, PRACTICE_KEY_FILE)
  if (existsSync(file)) return readKey(file)
  const sealed = join(home, PASSPHRASE_KEY_FILE)
  if (existsSync(sealed)) {
    if (passphraseFile === undefined) throw trouble('passphrase-needed', { home })
    return openSealedKey(crypto, readFileSync(sealed, 'utf8'), passphraseOf(passphraseFile), home)
  }
  const isNew = !existsSync(join(home, 'desk.db')) && !existsSync(join(home, 'desk.key'))
  if (!isNew || (passphraseFile === undefined && !(await mayPractise()))) throw trouble('home-key-missing', { home })
  const keyHex = randomBytes(32).toString('hex')
  if (passphraseFile === undefined) keep(file, `${keyHex}\n`)
  else keep(sealed, sealKey(crypto, keyHex, passphraseOf(passphraseFile)))
  return keyHex
}

/** Another passphrase for the key of a home. Throws `home-key-missing` (none keeps it), `passphrase-wrong`, `passphrase-weak`. */
export function changePassphrase(home: string, former: string, next: string): void {
  const sealed = join(home, PASSPHRASE_KEY_FILE)
  if (!existsSync(sealed)) throw trouble('home-key-missing', { home: sealed })
  const keyHex = openSealedKey(crypto, readFileSync(sealed, 'utf8'), passphraseOf(former), home)
  keep(sealed, sealKey(crypto, keyHex, passphraseOf(next)))
}

/** The first line of a file: an editor's end of the line is no part of a passphrase. */
function passphraseOf(file: string): string {
  if (!existsSync(file)) throw trouble('home-key-missing', { home: file })
  return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? ''
}

function keep(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
}

function readKey(file: string): string {
  if (!existsSync(file)) throw trouble('home-key-missing', { home: file })
  const text = readFileSync(file, 'utf8').trim()
  if (!KEY.test(text)) throw trouble('home-key-wrong', { home: file })
  return text
}
