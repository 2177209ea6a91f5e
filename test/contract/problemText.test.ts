import { describe, expect, test } from 'vitest'
import en from '../../resources/locales/en/problem.json' with { type: 'json' }
import enTerms from '../../resources/locales/en/term.json' with { type: 'json' }
import kk from '../../resources/locales/kk/problem.json' with { type: 'json' }
import kkTerms from '../../resources/locales/kk/term.json' with { type: 'json' }
import ru from '../../resources/locales/ru/problem.json' with { type: 'json' }
import ruTerms from '../../resources/locales/ru/term.json' with { type: 'json' }
import { problemText } from '../../src/contract/problemText.ts'
import { PROBLEM_CODES } from '../../src/domain/problem.ts'

const LANGUAGES = { kk, ru, en } as Record<'kk' | 'ru' | 'en', Record<string, { message: string; remedy: string }>>
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? '').sort()

describe('texts of problems', () => {
  test.each(['kk', 'ru', 'en'] as const)('%s has a message and a remedy for every code, and nothing else', (lang) => {
    expect(Object.keys(LANGUAGES[lang]).sort()).toEqual([...PROBLEM_CODES].sort())
    for (const text of Object.values(LANGUAGES[lang])) {
      expect(text.message).toMatch(/\S/)
      expect(text.remedy).toMatch(/\S/)
      expect(Object.keys(text).sort()).toEqual(['message', 'remedy'])
    }
  })

  test('a code is filled with the same values in every language', () => {
    for (const code of PROBLEM_CODES)
      for (const part of ['message', 'remedy'] as const)
        for (const lang of ['kk', 'ru'] as const)
          expect({ code, lang, names: placeholders(LANGUAGES[lang][code]?.[part] ?? '') }).toEqual({
            code,
            lang,
            names: placeholders(LANGUAGES.en[code]?.[part] ?? ''),
          })
  })

  test('Kazakh texts are Kazakh and Russian ones Russian', () => {
    for (const code of PROBLEM_CODES) {
      expect(`${kk[code].message} ${kk[code].remedy}`).toMatch(/[әғқңөұүһі]/)
      expect(`${ru[code].message} ${ru[code].remedy}`).not.toMatch(/[әғқңөұүһі]/)
      expect(`${en[code].message} ${en[code].remedy}`).not.toMatch(/[а-яә]/i)
    }
  })

  test('codes of the domain are shown as words, dates and numbers in the manner of the language', () => {
    const forbidden = { code: 'role-forbids', details: { role: 'reviewer', act: 'undo' } } as const
    expect(problemText(forbidden, 'ru').message).toBe(
      'Роль «рассматривающий» не даёт права на это действие: отзыв пакета.',
    )
    expect(problemText(forbidden, 'kk').message).toContain('қараушы')
    expect(
      problemText({ code: 'hearing-too-early', details: { appeal: 'A-1', date: '2026-11-22' } }, 'kk').message,
    ).toContain('22.11.2026')
    expect(problemText({ code: 'guard-bad-rows', details: { rejected: 12000, rows: 100000 } }, 'ru').message).toContain(
      '12\u00a0000 из 100\u00a0000',
    )
    expect(problemText({ code: 'field-unseen', details: { fields: 'imei1, model' } }, 'en').message).toContain(
      'IMEI 1, model',
    )
  })

  test('a value that the problem does not carry leaves no braces', () => {
    expect(problemText({ code: 'home-in-use', details: {} }, 'en').message).toContain('folder … is')
  })
})

test('the words for codes are the same set in every language', () => {
  const shape = (terms: Record<string, Record<string, string>>): string[] =>
    Object.entries(terms).flatMap(([group, words]) => Object.keys(words).map((code) => `${group}.${code}`))
  expect(shape(kkTerms)).toEqual(shape(enTerms))
  expect(shape(ruTerms)).toEqual(shape(enTerms))
})
