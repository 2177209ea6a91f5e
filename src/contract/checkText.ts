import en from '../../resources/locales/en/check.json' with { type: 'json' }
import kk from '../../resources/locales/kk/check.json' with { type: 'json' }
import ru from '../../resources/locales/ru/check.json' with { type: 'json' }
import { isIsoDate } from '../domain/businessDate.ts'
import type { CheckCode } from '../domain/checks/finding.ts'
import { formatNumber, formatShortDate } from './format.ts'
import { type TermGroup, termText } from './termText.ts'
import type { Lang } from './value.ts'

/** Name of the kind of problem, what is wrong with this row, and what the sender or the officer does about it. */
export interface CheckText {
  readonly title: string
  readonly message: string
  readonly remedy: string
}

const TEXTS: Readonly<Record<Lang, Readonly<Record<CheckCode, CheckText>>>> = { kk, ru, en }

/** Details that are codes of the domain: they show as words. */
const TERMS: Readonly<Record<string, TermGroup>> = { list: 'list', reason: 'reason', owner: 'source' }

function shown(value: string | number, lang: Lang): string {
  if (typeof value === 'number') return formatNumber(value, lang)
  return isIsoDate(value) ? formatShortDate(value, lang) : value
}

/** Text of a row's problem in the officer's language; a detail that it does not carry shows as "…". */
export function checkText(code: CheckCode, details: Readonly<Record<string, string | number>>, lang: Lang): CheckText {
  const text = TEXTS[lang][code]
  const fill = (pattern: string): string =>
    pattern.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = details[name]
      if (value === undefined || value === '') return '…'
      const group = TERMS[name]
      return group && typeof value === 'string' ? termText(group, value, lang) : shown(value, lang)
    })
  return { title: text.title, message: fill(text.message), remedy: fill(text.remedy) }
}
