import { expect, test } from 'vitest'
import { defaultLanguage } from '../../src/main/defaultLanguage.ts'
import { readLaunchOptions } from '../../src/main/launchOptions.ts'

test('the desk finds its own options among those of Chromium', () => {
  const options = readLaunchOptions(
    [
      '--no-sandbox',
      '--disable-gpu',
      '/app',
      '--home',
      '/sample/desk',
      '--registry=http://127.0.0.1:1',
      '--practice',
      '--language',
      'kk',
    ],
    '/data',
  )
  expect(options).toEqual({
    home: '/sample/desk',
    registry: 'http://127.0.0.1:1',
    language: 'kk',
    practice: true,
    keyFile: null,
    passphrase: false,
  })
})

test('without options the desk is offline, in the folder of the officer, in the remembered language', () => {
  expect(readLaunchOptions(['/app'], '/data')).toEqual({
    home: '/data/desk',
    registry: null,
    language: null,
    practice: false,
    keyFile: null,
    passphrase: false,
  })
})

test('a language that is none of ours counts as none', () => {
  expect(readLaunchOptions(['--language', 'de'], '/data').language).toBeNull()
})

test('the first language follows the system, and is Russian where we do not speak its language', () => {
  expect(['kk-KZ', 'en_US', 'ru', 'de-DE', ''].map(defaultLanguage)).toEqual(['kk', 'en', 'ru', 'ru', 'ru'])
})
