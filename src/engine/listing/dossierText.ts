import enAudit from '../../../resources/locales/en/audit.json' with { type: 'json' }
import en from '../../../resources/locales/en/dossier.json' with { type: 'json' }
import enListing from '../../../resources/locales/en/listing.json' with { type: 'json' }
import kkAudit from '../../../resources/locales/kk/audit.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/dossier.json' with { type: 'json' }
import kkListing from '../../../resources/locales/kk/listing.json' with { type: 'json' }
import ruAudit from '../../../resources/locales/ru/audit.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/dossier.json' with { type: 'json' }
import ruListing from '../../../resources/locales/ru/listing.json' with { type: 'json' }
import type { LifeStep } from '../../contract/engine/lookup.ts'
import { formatShortDate } from '../../contract/format.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import { isIsoDate } from '../../domain/businessDate.ts'

const TEXTS = { kk, ru, en } as const
const LISTING = { kk: kkListing, ru: ruListing, en: enListing } as const
const AUDIT = { kk: kkAudit, ru: ruAudit, en: enAudit } as const

export type DossierKey = keyof typeof en
type Values = Readonly<Record<string, string | number>>

const fill = (pattern: string, values: Values): string =>
  pattern.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '…'))

const wordIn = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code

/** Words of a dossier in one language. */
export interface DossierText {
  say(key: DossierKey, values?: Values): string
  rule(code: string): string
  fact(code: string): string
  because(why: { readonly key: string; readonly details: Values }): string
  act(code: string): string
  step(step: LifeStep): string
}

export function dossierText(language: Lang): DossierText {
  const say = (key: DossierKey, values: Values = {}): string => fill(TEXTS[language][key], values)
  const listing = LISTING[language]
  const rule = (code: string): string => wordIn(listing.rule, code)
  const fact = (code: string): string => wordIn(listing.fact, code)
  const shown = (name: string, value: string | number): string | number => {
    if (name === 'source') return termText('source', String(value), language)
    if (name === 'by') return rule(String(value))
    return typeof value === 'string' && isIsoDate(value) ? formatShortDate(value, language) : value
  }
  const wordOf = (what: LifeStep['what'], code: string): string => {
    if (what === 'appeal') return termText('step', code, language)
    if (what === 'run') return say(`part-${code}` as DossierKey)
    if (what === 'notice') return wordIn(listing.notice, code)
    return what === 'clone' ? wordIn(listing.clone, code) : fact(code)
  }
  return {
    say,
    rule,
    fact,
    because: ({ key, details }) =>
      fill(
        wordIn(listing.because, key),
        Object.fromEntries(Object.entries(details).map(([name, value]) => [name, shown(name, value)])),
      ),
    act: (code) => wordIn(AUDIT[language].acts, code),
    step: ({ what, code, ref }) => {
      if (what === 'receipt' || what === 'violation')
        return say(`step-${what}`, {
          code: wordIn(listing.receipt, code),
          ref: termText('source', ref, language),
        })
      return say(`step-${what}`, { code: wordOf(what, code), ref })
    },
  }
}
