import en from '../../../resources/locales/en/report.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/report.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/report.json' with { type: 'json' }
import type { Lang } from '../../contract/value.ts'

const titles = (reports: Readonly<Record<string, { readonly title: string }>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(reports).map(([name, { title }]) => [name, title]))

/** What each report is called, by its name. */
export const REPORT_TITLES: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  kk: titles(kk.report),
  ru: titles(ru.report),
  en: titles(en.report),
}
