import en from '../../../resources/locales/en/public.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/public.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/public.json' with { type: 'json' }
import { formatDate } from '../../contract/format.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import type { PublicAnswer } from '../../domain/publicAnswer.ts'
import { countedText, type PageTexts, pageText } from '../page/pageText.ts'

const TEXTS = { kk, ru, en }

export const checkTexts = (lang: Lang) => pageText(TEXTS as PageTexts<keyof typeof en>, lang)

/** An answer in words: what it is, what follows, what to do. */
export interface SaidAnswer {
  readonly title: string
  readonly text: string
  readonly advice: string
}

export function sayAnswer(answer: PublicAnswer, lang: Lang): SaidAnswer {
  const t = checkTexts(lang)
  const advice = t(`advice-${answer.remedy}`)
  if (answer.list === 'black') {
    const reason = termText('reason', answer.reason ?? '', lang)
    return { title: t('black-title'), text: t('black-text', { reason }), advice }
  }
  if (answer.list !== 'grey') return { title: t(`${answer.list}-title`), text: t(`${answer.list}-text`), advice }
  const date = formatDate(answer.deadline ?? '', lang)
  if (answer.overdue) return { title: t('grey-title'), text: t('grey-overdue', { date }), advice }
  const days = countedText(TEXTS, lang, 'days', answer.daysLeft ?? 0)
  return { title: t('grey-title'), text: t('grey-text', { date, days }), advice }
}
