import type { Appeal, TimelineEntry } from './appeal.ts'

/** Letters to the applicant. Each belongs to one step of an appeal. */
export const LETTER_KINDS = [
  'approval',
  'preliminary',
  'refusal',
  'question',
  'prolonging',
  'passing-on',
  'complaint',
  'revocation',
] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

/** Every notice goes out in Kazakh and Russian. */
export const LETTER_LANGUAGES = ['kk', 'ru'] as const
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number]

/** The letter a step sends; null when it sends none. In a complaint's round the last word is the complaint's. */
export function letterKind(what: TimelineEntry['what'], appeal: Pick<Appeal, 'complaint'>): LetterKind | null {
  const onComplaint = appeal.complaint != null
  switch (what) {
    case 'approved':
      return onComplaint ? 'complaint' : 'approval'
    case 'rejected':
      return onComplaint ? 'complaint' : 'refusal'
    case 'preliminary':
      return 'preliminary'
    case 'asked':
      return 'question'
    case 'prolonged':
      return 'prolonging'
    case 'referred':
      return 'passing-on'
    case 'revoked':
      return 'revocation'
    default:
      return null
  }
}

/** Number of the letter a step sends: the appeal's, and the version the step made. */
export const letterNo = (appeal: string, version: number): string => `${appeal}-${version}`
