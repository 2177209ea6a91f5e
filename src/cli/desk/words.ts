import en from '../../../resources/locales/en/cli.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/cli.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/cli.json' with { type: 'json' }
import { formatInstant, formatNumber, formatShortDate } from '../../contract/format.ts'
import { type TermGroup, termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'

const TEXTS = { kk, ru, en } as const
export type WordName = Exclude<keyof typeof en, 'command'>

/** Texts, terms, numbers and dates of one language. */
export class Words {
  readonly lang: Lang
  constructor(lang: Lang) {
    this.lang = lang
  }

  /** A text of `cli.json`, filled with values. */
  say(name: WordName, values: Readonly<Record<string, string | number>> = {}): string {
    return TEXTS[this.lang][name].replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const value = values[key]
      return value === undefined ? '…' : typeof value === 'number' ? this.number(value) : value
    })
  }

  /** What each command does, by its form. */
  commands(): Readonly<Record<string, string>> {
    return TEXTS[this.lang].command
  }

  term(group: TermGroup, code: string | null): string {
    return code === null ? '' : termText(group, code, this.lang)
  }

  number(value: number): string {
    return formatNumber(value, this.lang)
  }

  date(date: string | null): string {
    return date === null ? '' : formatShortDate(date, this.lang)
  }

  instant(at: string | null): string {
    return at === null ? '—' : formatInstant(at, this.lang)
  }
}
