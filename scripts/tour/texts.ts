import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../checkout.mjs'

export type Language = 'kk' | 'ru' | 'en'
export const LANGUAGES: readonly Language[] = ['kk', 'ru', 'en']

/** Finds a text of the window: `text('common', 'rail.work')`. Placeholders are filled from `values`. */
export type Texts = (file: string, key: string, values?: Record<string, string | number>) => string

/** The window's texts in a language, so that the tour finds what it clicks in every language. */
export function textsOf(language: Language): Texts {
  const files = new Map<string, unknown>()
  const load = (file: string): unknown => {
    const text = readFileSync(join(ROOT, 'resources/locales', language, `${file}.json`), 'utf8')
    files.set(file, JSON.parse(text))
    return files.get(file)
  }
  return (file, key, values = {}) => {
    const found = key
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], files.get(file) ?? load(file))
    if (typeof found !== 'string') throw new Error(`${language}/${file}.json has no text ${key}`)
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
  }
}
