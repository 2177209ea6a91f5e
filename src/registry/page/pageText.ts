import type { Lang } from '../../contract/value.ts'

/** Texts of a page by key, one document a language (`resources/locales/<lang>/<namespace>.json`). */
export type PageTexts<K extends string> = Readonly<Record<Lang, Readonly<Record<K, string>>>>

export type TextValues = Readonly<Record<string, string | number>>

const filled = (text: string, values: TextValues): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '…'))

/** Reads texts in one language: `t('title')`, `t('greeting', { name })`. Plain text; `html` escapes it. */
export const pageText =
  <K extends string>(texts: PageTexts<K>, lang: Lang) =>
  (key: K, values: TextValues = {}): string =>
    filled(texts[lang][key], values)

/** The same for a counted thing: keys `<key>_one`, `<key>_few`, … by the language's plural rule (CLDR), `{{count}}` in the text. */
export function countedText<B extends string>(
  texts: Readonly<Record<Lang, Readonly<Record<string, string>>>>,
  lang: Lang,
  key: B,
  count: number,
): string {
  const form = new Intl.PluralRules(lang).select(count)
  return filled(texts[lang][`${key}_${form}`] ?? texts[lang][`${key}_other`] ?? key, { count })
}
