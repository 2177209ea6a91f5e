import kk from '../../../resources/locales/kk/notice.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/notice.json' with { type: 'json' }
import { formatShortDate } from '../../contract/format.ts'
import type { IsoDate } from '../../domain/fact.ts'
import type { NoticeStage } from '../../domain/notice.ts'

const TEXTS = { kk, ru } as const

/** The message of a warning: every notice goes out in Kazakh and Russian. `imei` with its check digit. */
export const noticeText = (stage: NoticeStage, imei: string, deadline: IsoDate, lang: 'kk' | 'ru'): string =>
  TEXTS[lang][stage].replaceAll('{{imei}}', imei).replaceAll('{{date}}', formatShortDate(deadline, lang))
