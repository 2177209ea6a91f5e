import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type DatabaseKey, databaseKey, type Keychain } from '../../src/main/databaseKey.ts'
import type { LaunchOptions } from '../../src/main/launchOptions.ts'

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

const key = (more: Partial<LaunchOptions>, chain: Keychain): DatabaseKey =>
  databaseKey({ home, registry: null, language: null, practice: false, keyFile: null, ...more }, chain)
const code = (wanted: string): unknown =>
  expect.objectContaining({ problem: expect.objectContaining({ code: wanted }) })

describe('the key of the databases', () => {
  test('is made once and sealed by the keychain', () => {
    const first = key({}, REAL)
    expect(first).toMatchObject({ kept: 'keychain', keyHex: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(readFileSync(join(home, 'desk.key'), 'utf8')).not.toContain(first.keyHex)
    expect(key({}, REAL)).toEqual(first)
  })

  test('is refused, not kept in the open, where there is no keychain', () => {
    expect(() => key({}, NONE)).toThrow(code('home-key-missing'))
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
