import en from '../../../resources/locales/en/citizen.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/citizen.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/citizen.json' with { type: 'json' }
import type { Lang } from '../../contract/value.ts'
import { type PageTexts, pageText } from '../page/pageText.ts'

export type CitizenKey = keyof typeof en
const TEXTS: PageTexts<CitizenKey> = { kk, ru, en }

/** Texts of the citizen's pages. */
export const citizenText = (lang: Lang) => pageText(TEXTS, lang)
