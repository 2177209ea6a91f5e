import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkText } from '../../src/contract/checkText.ts'
import { CHECK_CODES } from '../../src/domain/checks/finding.ts'

const texts = (lang: string): Record<string, { message: string; remedy: string }> =>
  JSON.parse(readFileSync(new URL(`../../resources/locales/${lang}/check.json`, import.meta.url), 'utf8'))
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] as string).sort()

describe('the text of every check of a row', () => {
  test('is there in three languages, with the same values in it', () => {
    for (const lang of ['kk', 'ru', 'en']) {
      expect(Object.keys(texts(lang)).sort()).toEqual([...CHECK_CODES].sort())
      for (const code of CHECK_CODES) {
        const text = texts(lang)[code] as { message: string; remedy: string }
        const english = texts('en')[code] as { message: string; remedy: string }
        expect(text.message && text.remedy).not.toBe('')
        expect(placeholders(text.message + text.remedy), `${lang} ${code}`).toEqual(
          placeholders(english.message + english.remedy),
        )
      }
    }
  })
  test('shows values and dates as the officer writes them', () => {
    expect(checkText('date-future', { value: '24.11.2026', today: '2026-11-23' }, 'ru').message).toBe(
      '«24.11.2026» — дата в будущем (сегодня 23.11.2026).',
    )
  })
})
