import kk from '../../resources/locales/kk/reason.json' with { type: 'json' }
import ru from '../../resources/locales/ru/reason.json' with { type: 'json' }
import type { Appeal, TimelineEntry } from '../domain/appeal.ts'
import { businessDate } from '../domain/businessDate.ts'
import type { LetterLanguage } from '../domain/letter.ts'
import { formatLetterDate } from './format.ts'
import type { LetterData } from './letterTemplate.ts'
import { termText } from './termText.ts'

const REASONS = { kk, ru }
/** Whoever passed the appeal on did not say to whom. */
const SOME_BODY = { kk: 'құзыретті орган', ru: 'уполномоченный орган' } as const

/** What a letter about a step of an appeal says, in words of its language; `number` empty before the step is taken. */
export function letterData(
  appeal: Pick<Appeal, 'id' | 'receivedAt' | 'dueAt' | 'applicant' | 'claim'>,
  step: TimelineEntry,
  language: LetterLanguage,
): LetterData {
  const day = (date: string | undefined): string => (date ? formatLetterDate(date, language) : '')
  const { claim } = appeal
  const yes = (is: boolean): string => (is ? 'yes' : '')
  return {
    values: {
      number: step.letter?.no ?? '',
      date: day(businessDate(step.at)),
      applicant: appeal.applicant.name,
      appeal: appeal.id,
      received: day(businessDate(appeal.receivedAt)),
      device: [claim.brand, claim.model].filter(Boolean).join(' ') || '—',
      imeis: claim.imeis.join(', '),
      due: day(appeal.dueAt),
      until: day(step.until),
      noticeBy: day(step.noticeBy),
      note: step.note ?? '',
      item: step.item ? termText('field', step.item, language) : '',
      body: step.body ? termText('source', step.body, language) : SOME_BODY[language],
      approved: yes(step.what === 'approved'),
      refused: yes(step.what === 'rejected'),
      approval: yes(step.what === 'revoked' && step.revokes === 'approved'),
      otherDecision: yes(step.what === 'revoked' && step.revokes === undefined),
    },
    reasons: (step.reasons ?? []).map((code) => ({ code, ...REASONS[language][code] })),
  }
}
