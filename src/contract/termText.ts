import en from '../../resources/locales/en/term.json' with { type: 'json' }
import kk from '../../resources/locales/kk/term.json' with { type: 'json' }
import ru from '../../resources/locales/ru/term.json' with { type: 'json' }
import type { Lang } from './value.ts'

/** Words for the codes of the domain, in `resources/locales/<lang>/term.json`. */
export type TermGroup = keyof typeof en

const TERMS: Readonly<Record<Lang, Readonly<Record<TermGroup, Readonly<Record<string, string>>>>>> = { kk, ru, en }

/** The word for a code (`termText('reason', 'stolen', 'kk')`); a code without a word comes back unchanged. */
export function termText(group: TermGroup, code: string, lang: Lang): string {
  const words = TERMS[lang][group]
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code
}
