import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DatabaseKey, databaseKey, type Keychain } from '../../src/main/databaseKey.ts'
import type { LaunchOptions } from '../../src/main/launchOptions.ts'
import { PassphraseKey } from '../../src/main/passphraseKey.ts'

/** A keychain that turns text round: enough to see that what is kept is not the key. */
const keychain = (backend: string | null): Keychain => ({
  backend,
  seal: (text) => Buffer.from([...text].reverse().join('')),
  unseal: (sealed) => [...sealed.toString()].reverse().join(''),
})
const REAL = keychain('gnome_libsecret')
const NONE = keychain(null)

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tamga-key-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const found = (more: Partial<LaunchOptions>, chain: Keychain): DatabaseKey | PassphraseKey =>
  databaseKey(
    { home, registry: null, language: null, practice: false, keyFile: null, passphrase: false, ...more },
    chain,
  )
const key = (more: Partial<LaunchOptions>, chain: Keychain): DatabaseKey => found(more, chain) as DatabaseKey
const asked = (more: Partial<LaunchOptions>, chain: Keychain): PassphraseKey => {
  const one = found(more, chain)
  if (!(one instanceof PassphraseKey)) throw new Error('no passphrase is asked for')
  return one
}
const PHRASE = 'жеті рет өлшеп, бір рет кес'
const code = (wanted: string): unknown =>
  expect.objectContaining({ problem: expect.objectContaining({ code: wanted }) })

describe('the key of the databases', () => {
  test('is made once and sealed by the keychain', () => {
    const first = key({}, REAL)
    expect(first).toMatchObject({ kept: 'keychain', keyHex: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(readFileSync(join(home, 'desk.key'), 'utf8')).not.toContain(first.keyHex)
    expect(key({}, REAL)).toEqual(first)
  })

  test('is kept under a passphrase, not in the open, where there is no keychain', () => {
    const first = asked({}, NONE)
    expect(first.isNew).toBe(true)
    expect(() => first.open('short')).toThrow(code('passphrase-weak'))
    expect(() => first.open('aaaaaaaaaaaaaaaaaaaa')).toThrow(code('passphrase-weak'))
    const keyHex = first.open(PHRASE)
    const file = join(home, 'desk.passphrase')
    expect(readFileSync(file, 'utf8')).not.toContain(keyHex)
    expect(statSync(file).mode & 0o777).toBe(0o600)

    const again = asked({}, NONE)
    expect(again.isNew).toBe(false)
    expect(() => again.open(`${PHRASE}.`)).toThrow(code('passphrase-wrong'))
    // the same letters, composed another way by another keyboard
    expect(again.open(PHRASE.normalize('NFD'))).toBe(keyHex)
    // also when a keychain has come meanwhile
    expect(asked({}, REAL).open(PHRASE)).toBe(keyHex)
  })

  test('opens by another passphrase once it was changed, and not by the former', () => {
    const keyHex = asked({ passphrase: true }, REAL).open(PHRASE)
    const kept = asked({}, REAL)
    expect(() => kept.change('not this one at all', 'a new sentence of mine')).toThrow(code('passphrase-wrong'))
    expect(() => kept.change(PHRASE, 'short')).toThrow(code('passphrase-weak'))
    expect(kept.open(PHRASE)).toBe(keyHex)
    kept.change(PHRASE, 'a new sentence of mine')
    expect(kept.open('a new sentence of mine')).toBe(keyHex)
    expect(() => kept.open(PHRASE)).toThrow(code('passphrase-wrong'))
  })

  test('under a passphrase that was damaged, or asks for all memory there is, is named so', () => {
    asked({}, NONE).open(PHRASE)
    const file = join(home, 'desk.passphrase')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.slice(0, 60))
    expect(() => asked({}, NONE).open(PHRASE)).toThrow(code('home-key-wrong'))
    writeFileSync(file, text.replace('"N":131072', '"N":1073741824'))
    expect(() => asked({}, NONE).open(PHRASE)).toThrow(code('home-key-wrong'))
  })

  test('is not made anew for databases that are there', () => {
    writeFileSync(join(home, 'desk.db'), '')
    for (const more of [{}, { practice: true }, { passphrase: true }])
      expect(() => found(more, REAL)).toThrow(code('home-key-missing'))
  })

  test('is not made anew when the keychain that sealed it is gone', () => {
    key({}, REAL)
    expect(() => key({}, NONE)).toThrow(code('home-key-missing'))
    expect(() => key({ practice: true }, NONE)).toThrow(code('home-key-missing'))
  })

  test('of a practice home lies in a file for its owner only, shown as unprotected', () => {
    const first = key({ practice: true }, NONE)
    expect(first).toMatchObject({ kept: 'file', practice: true })
    expect(statSync(join(home, 'practice.key')).mode & 0o777).toBe(0o600)
    expect(key({ practice: true }, NONE)).toEqual(first)
    expect(key({ practice: false }, REAL)).toEqual(first)
  })

  test('can come from a key file that the administrator keeps', () => {
    const keyFile = join(home, 'given.key')
    writeFileSync(keyFile, `${'ab'.repeat(32)}\n`)
    expect(key({ keyFile }, NONE)).toEqual({ keyHex: 'ab'.repeat(32), kept: 'file', practice: false })
    writeFileSync(keyFile, 'not a key')
    expect(() => key({ keyFile }, NONE)).toThrow(code('home-key-wrong'))
  })

  test('that was damaged is named so', () => {
    key({}, REAL)
    writeFileSync(join(home, 'desk.key'), 'damaged')
    expect(() => key({}, REAL)).toThrow(code('home-key-wrong'))
  })
})
