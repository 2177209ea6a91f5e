import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatDate } from '../../src/contract/format.ts'
import { letterData } from '../../src/contract/letterData.ts'
import { fillTemplate, readTemplate } from '../../src/contract/letterTemplate.ts'
import type { TimelineEntry } from '../../src/domain/appeal.ts'
import { LETTER_KINDS, LETTER_LANGUAGES } from '../../src/domain/letter.ts'
import { ProblemError } from '../../src/domain/problem.ts'

const FOLDER = join(import.meta.dirname, '../../resources/letters')
const appeal = {
  id: 'A-2026-000007',
  receivedAt: '2026-11-02T05:00:00Z',
  dueAt: '2026-11-23',
  applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'Әбдіқадыров Нұрлан (SAMPLE)', language: 'kk' },
  claim: { imeis: ['490154203237518'], brand: 'Samsung', model: 'A55' },
} as const
const step = (over: Partial<TimelineEntry>): TimelineEntry => ({
  at: '2026-11-20T06:00:00Z',
  what: 'preliminary',
  letter: { no: 'A-2026-000007-3', code: 'ABCDEFGHJKMN' },
  ...over,
})
const problemOf = (source: string): unknown => {
  try {
    readTemplate(source, 'own.kk.md')
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  return null
}

describe.each(LETTER_KINDS)('the letter %s', (kind) => {
  test.each(LETTER_LANGUAGES)('stands in %s with every placeholder known', (language) => {
    const file = `${kind}.${language}.md`
    const template = readTemplate(readFileSync(join(FOLDER, file), 'utf8'), file)
    const data = letterData(
      appeal,
      step({ reasons: ['R07', 'R10'], note: 'NOTE', until: '2026-11-25', item: 'purchase', body: 'police' }),
      language,
    )
    const blocks = fillTemplate(template, data)
    expect(blocks[0]?.kind).toBe('title')
    const text = blocks.map((b) => b.text).join('\n')
    expect(text).toContain('A-2026-000007')
    expect(text).toContain('490154203237518')
    expect(text).not.toMatch(/[{}]|undefined|…/)
  })
})

test('no template lies there that no letter uses', () => {
  const known = LETTER_KINDS.flatMap((kind) => LETTER_LANGUAGES.map((l) => `${kind}.${l}.md`))
  expect(readdirSync(FOLDER).sort()).toEqual([...known].sort())
})

test('each reason has its words, clause and remedy; a part without a value is left out', () => {
  const file = readFileSync(join(FOLDER, 'preliminary.ru.md'), 'utf8')
  const blocks = (over: Partial<TimelineEntry>) =>
    fillTemplate(readTemplate(file, 'x'), letterData(appeal, step(over), 'ru'))
  const items = blocks({ reasons: ['R07', 'R10'], until: '2026-11-25' }).filter((b) => b.kind === 'item')
  expect(items.map((i) => i.text.slice(0, 4))).toEqual(['R07.', 'R10.'])
  expect(items[0]?.text).toContain('Что можно сделать: Получите справку')
  expect(
    blocks({ until: '2026-11-25' })
      .map((b) => b.text)
      .join(),
  ).not.toContain('Дополнительно')
  expect(
    blocks({ note: 'Чек не читается', until: '2026-11-25' })
      .map((b) => b.text)
      .join(),
  ).toContain('Дополнительно: Чек не читается')
  expect(
    blocks({ until: '2026-11-25' })
      .map((b) => b.text)
      .join(),
  ).toContain(formatDate('2026-11-25', 'ru'))
})

test.each([
  ['Сәлем {{applicnt}}', 1, '{{applicnt}}'],
  ['a\nb {{code}}', 2, '{{code}}'],
  ['{{#reasons}}\n{{text}}', 1, '{{#reasons}}'],
  ['a\n{{/note}}', 2, '{{/note}}'],
  ['a {{note', 1, 'a {{note'],
  ['{{#note}}\n{{#item}}\n{{/item}}\n{{/note}}', 2, '{{#item}}'],
])('a slip in a template is told with its line: %j', (source, line, value) => {
  expect(problemOf(source)).toEqual({ code: 'letter-template', details: { file: 'own.kk.md', line, value } })
})
