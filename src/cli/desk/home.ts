import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { PRACTICE_KEY_FILE } from '../../contract/host.ts'
import { trouble } from '../../domain/problem.ts'

/** The folder the window uses too. */
export function defaultHome(): string {
  const { platform, env } = process
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData/Roaming'), 'Tamga/desk')
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/Tamga/desk')
  return join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'Tamga/desk')
}

const KEY = /^[0-9a-f]{64}$/

/**
 * The key of the home's databases: the given file, or the one a practice home keeps. A home whose key is in the system's keychain can be
 * opened from the command line only with `--key-file`. A new home is made for practice, and only where `mayPractise` allows it.
 * @throws ProblemError `home-key-missing`, `home-key-wrong`
 */
export async function homeKey(
  home: string,
  keyFile: string | undefined,
  mayPractise: () => Promise<boolean>,
): Promise<string> {
  if (keyFile !== undefined) return readKey(keyFile)
  const file = join(home, PRACTICE_KEY_FILE)
  if (existsSync(file)) return readKey(file)
  const isNew = !existsSync(join(home, 'desk.db'))
  if (!isNew || existsSync(join(home, 'desk.key')) || !(await mayPractise()))
    throw trouble('home-key-missing', { home })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const keyHex = randomBytes(32).toString('hex')
  writeFileSync(`${file}.new`, `${keyHex}\n`, { mode: 0o600, flush: true })
  chmodSync(`${file}.new`, 0o600)
  renameSync(`${file}.new`, file)
  return keyHex
}

function readKey(file: string): string {
  if (!existsSync(file)) throw trouble('home-key-missing', { home: file })
  const text = readFileSync(file, 'utf8').trim()
  if (!KEY.test(text)) throw trouble('home-key-wrong', { home: file })
  return text
}
