import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const LANGUAGES = ['kk', 'ru', 'en'] as const
type Language = (typeof LANGUAGES)[number]

/** Plural forms that CLDR asks of each language for whole numbers. */
const PLURALS: Record<Language, readonly string[]> = {
  kk: ['one', 'other'],
  ru: ['one', 'few', 'many', 'other'],
  en: ['one', 'other'],
}
const PLURAL = /_(zero|one|two|few|many|other)$/

const namespaces = globSync('resources/locales/en/*.json', { cwd: ROOT })
  .map((file) => basename(file, '.json'))
  .sort()

function texts(language: Language, namespace: string): Map<string, string> {
  const file = join(ROOT, 'resources/locales', language, `${namespace}.json`)
  const found = new Map<string, string>()
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.set(path, value)
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, path ? `${path}.${key}` : key)
  }
  walk(JSON.parse(readFileSync(file, 'utf8')), '')
  return found
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort()

describe.each(namespaces)('the texts of %s', (namespace) => {
  const of = { kk: texts('kk', namespace), ru: texts('ru', namespace), en: texts('en', namespace) }
  const bare = (language: Language) => new Set([...of[language].keys()].map((key) => key.replace(PLURAL, '')))

  it('say the same things in three languages', () => {
    expect([...bare('kk')].sort()).toEqual([...bare('en')].sort())
    expect([...bare('ru')].sort()).toEqual([...bare('en')].sort())
  })

  it('have every plural form that the language needs', () => {
    const counted = new Set([...of.en.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')))
    for (const language of LANGUAGES)
      for (const key of counted)
        for (const form of PLURALS[language])
          expect(of[language].has(`${key}_${form}`), `${language} ${key}_${form}`).toBe(true)
  })

  it('name the same values in three languages', () => {
    for (const language of ['kk', 'ru'] as const)
      for (const [key, text] of of[language]) {
        const english = of.en.get(key) ?? of.en.get(key.replace(PLURAL, '_other')) ?? ''
        expect(placeholders(text), `${language} ${key}`).toEqual(placeholders(english))
      }
  })

  it('are not empty', () => {
    for (const language of LANGUAGES)
      for (const [key, text] of of[language]) expect(text.trim(), `${language} ${key}`).not.toBe('')
  })
})

/** Stands for a part of a key that is known only while the desk runs. */
const HOLE = '…'

describe('the keys that screens ask for', () => {
  const sources = globSync('src/renderer/**/*.{ts,tsx}', { cwd: ROOT }).map((file) => ({
    file,
    text: readFileSync(join(ROOT, file), 'utf8'),
  }))
  const all = new Map(namespaces.map((namespace) => [namespace, [...texts('en', namespace).keys()]]))

  /** Literals of the first argument of every `t(…)`, also both sides of a choice: [namespace or null, key with a hole for each `${…}`]. */
  function asked(text: string): [string | null, string][] {
    const found: [string | null, string][] = []
    for (const call of text.matchAll(/\b(?:t|tTerm|words|i18next\.t)\(/g))
      for (const { literal, before } of literalsOf(text.slice(call.index + call[0].length)))
        if (!/[=!]==\s*$/.test(before)) {
          const [namespace, name] = literal.includes(':') ? (literal.split(':') as [string, string]) : [null, literal]
          found.push([namespace, withHoles(name)])
        }
    return found
  }

  /** Literals up to the first comma or bracket that ends an argument, each with the text before it. */
  function literalsOf(text: string): { literal: string; before: string }[] {
    const found: { literal: string; before: string }[] = []
    let depth = 0
    let from = 0
    for (let at = 0; at < text.length; at++) {
      const sign = text[at] ?? ''
      if (`'"\``.includes(sign)) {
        const end = text.indexOf(sign, at + 1)
        found.push({ literal: text.slice(at + 1, end), before: text.slice(from, at) })
        at = from = end
        from++
      } else if ('([{'.includes(sign)) depth++
      else if (')]}'.includes(sign)) {
        if (depth-- === 0) return found
      } else if (sign === ',' && depth === 0) return found
    }
    return found
  }

  const withHoles = (literal: string): string => literal.replace(/\$\{[^}]*\}/g, HOLE)

  const known = (namespace: string, name: string): boolean => {
    const pattern = new RegExp(
      `^${name
        .split(HOLE)
        .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.+')}(_(zero|one|two|few|many|other))?$`,
    )
    return all.get(namespace)?.some((key) => pattern.test(key)) ?? false
  }

  it.each(sources.map(({ file, text }) => [file, text] as const))('%s asks for texts that exist', (_file, text) => {
    const used = [...text.matchAll(/useTranslation\(([^)]*)\)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => name ?? ''),
    )
    for (const [namespace, name] of asked(text)) {
      const where = namespace !== null ? [namespace] : used.length > 0 ? used : ['common']
      expect(
        where.some((one) => known(one, name)),
        `${where.join('|')}:${name}`,
      ).toBe(true)
    }
  })

  /** Namespaces that only the window uses; the others have tests where they are used. */
  const OWN = ['common', 'signin', 'work', 'lookup', 'listing', 'settings', 'appeals']

  it.each(OWN)('are all the keys there are in %s', (namespace) => {
    const written = sources
      .flatMap(({ text }) => [
        ...[...text.matchAll(/'([^'\n]*)'|`([^`\n]*)`/g)].map(([, single, template]) => single ?? template ?? ''),
        ...[...text.matchAll(/'([^'\n]*)'/g)].map(([, single = '']) => single),
        ...asked(text).map(([, name]) => name),
      ])
      .map((literal) => withHoles(literal.replace(/^[\w-]+:/, '')))
    const exact = new Set(written.filter((literal) => !literal.includes(HOLE)))
    const patterns = [
      ...new Set(
        written.filter(
          (literal) => literal.includes(HOLE) && /^[\w.…-]+$/.test(literal) && literal.replaceAll(HOLE, '').length > 3,
        ),
      ),
    ].map((literal) => new RegExp(`^${literal.replaceAll('.', '\\.').replaceAll(HOLE, '.+')}$`))
    const unused = (all.get(namespace) ?? [])
      .map((key) => key.replace(PLURAL, ''))
      .filter((key) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)))
    expect(unused).toEqual([])
  })
})
