import en from '../../resources/locales/en/problem.json' with { type: 'json' }
import kk from '../../resources/locales/kk/problem.json' with { type: 'json' }
import ru from '../../resources/locales/ru/problem.json' with { type: 'json' }
import type { Problem, ProblemCode } from '../domain/problem.ts'
import { formatInstant, formatNumber, formatShortDate } from './format.ts'
import { type TermGroup, termText } from './termText.ts'
import type { Lang } from './value.ts'

/** What happened (`message`), and what is safe and to be done (`remedy`). */
export interface ProblemText {
  readonly message: string
  readonly remedy: string
}

const TEXTS: Readonly<Record<Lang, Readonly<Record<ProblemCode, ProblemText>>>> = { kk, ru, en }

/** Details that carry a code of the domain and are shown as a word. */
const TERMS: Readonly<Record<string, readonly TermGroup[]>> = {
  role: ['role'],
  act: ['act'],
  owner: ['source'],
  source: ['source'],
  operator: ['source'],
  kind: ['kind'],
  reason: ['reason'],
  state: ['appealState', 'batchState'],
  fields: ['field'],
  field: ['field'],
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

function shown(name: string, value: string | number, lang: Lang): string {
  if (typeof value === 'number') return formatNumber(value, lang, Number.isInteger(value) ? 0 : 2)
  if (name === 'date' || name === 'from' || name === 'to') return formatShortDate(value, lang)
  if (INSTANT.test(value)) return formatInstant(value, lang)
  const groups = TERMS[name]
  if (!groups) return value
  const word = (code: string): string =>
    groups.map((group) => termText(group, code, lang)).find((text) => text !== code) ?? code
  return value.split(', ').map(word).join(', ')
}

/** Text of a problem in the officer's language; a detail that the problem does not carry shows as "…". */
export function problemText(problem: Problem, lang: Lang): ProblemText {
  const text = TEXTS[lang][problem.code]
  const fill = (pattern: string): string =>
    pattern.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = problem.details[name]
      return value === undefined || value === '' ? '…' : shown(name, value, lang)
    })
  return { message: fill(text.message), remedy: fill(text.remedy) }
}
