import en from '../../../resources/locales/en/paper.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/paper.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/paper.json' with { type: 'json' }
import type { Lang } from '../../contract/value.ts'

const TEXTS: Readonly<Record<Lang, typeof en>> = { kk, ru, en }

/** "Page 1 of 3" in a language. */
export const pageText = (language: Lang, page: number, pages: number): string =>
  TEXTS[language].page.replace('{{page}}', String(page)).replace('{{pages}}', String(pages))
