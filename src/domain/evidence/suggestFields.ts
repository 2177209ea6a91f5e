import type { Applicant, Claim, ClaimField } from '../appeal.ts'
import { around, type Box, type Finding, lineText, type PaperLine } from './paperText.ts'

/** A place on a paper that shows what is claimed, or something else in its place. Never more than a suggestion. */
export interface FieldSuggestion {
  readonly field: ClaimField
  /** `other`: the paper shows a value of the same kind, and not the claimed one. */
  readonly shows: 'claimed' | 'other'
  readonly value: string
  readonly page: number
  readonly box: Box
  readonly by: Finding['by']
}

export interface ReadPaper {
  readonly findings: readonly Finding[]
  /** Lines of each page. */
  readonly pages: readonly (readonly PaperLine[])[]
}

/** Where a paper shows the claimed values; for IMEIs also which others it shows, when none of the claimed stands on it. */
export function suggestFields(paper: ReadPaper, claim: Claim, applicant: Applicant): readonly FieldSuggestion[] {
  return [
    ...imeiFields(paper, claim),
    ...dateFields(paper, claim),
    ...textFields(paper, claim, applicant),
    ...passportField(paper, applicant),
  ]
}

const IMEI_FIELDS = ['imei1', 'imei2', 'imei3', 'imei4'] as const

function imeiFields({ findings }: ReadPaper, claim: Claim): FieldSuggestion[] {
  const shown = findings.filter((f) => f.kind === 'imei')
  const matched = claim.imeis.flatMap((imei, i) => {
    const field = IMEI_FIELDS[i]
    const found = shown.find((f) => f.value.slice(0, 14) === imei.slice(0, 14))
    return field && found ? [suggestion(field, 'claimed', found)] : []
  })
  const other = shown[0]
  return matched.length > 0 || !other ? matched : [suggestion('imei1', 'other', other)]
}

function dateFields({ findings }: ReadPaper, claim: Claim): FieldSuggestion[] {
  const dates = findings.filter((f) => f.kind === 'date')
  return (['exit', 'purchase', 'entry'] as const).flatMap((field) => {
    const found = dates.find((f) => f.value === claim[field])
    return found ? [suggestion(field, 'claimed', found)] : []
  })
}

/** Numbers, model and name are looked for in the lines, whatever spaces, dashes and case the paper uses. */
function textFields({ pages }: ReadPaper, claim: Claim, applicant: Applicant): FieldSuggestion[] {
  const wanted: readonly (readonly [ClaimField, string | undefined])[] = [
    ['receipt', claim.receiptNo],
    ['declaration', claim.declarationNo],
    ['tracking', claim.trackingNo],
    ['model', claim.model],
    ['owner', applicant.name],
  ]
  return wanted.flatMap(([field, value]) => {
    const place = value ? placeOf(pages, value) : null
    return value && place ? [{ field, shows: 'claimed' as const, value, ...place, by: 'text' as const }] : []
  })
}

function passportField({ findings }: ReadPaper, applicant: Applicant): FieldSuggestion[] {
  const found = findings.find((f) => f.kind === 'passport')
  const { key } = applicant
  if (!found || key.kind !== 'passport') return []
  const claimed = `${key.country}:${key.number.replaceAll(/\s/g, '')}`.toUpperCase()
  return [suggestion('owner', found.value === claimed ? 'claimed' : 'other', found)]
}

const suggestion = (field: ClaimField, shows: FieldSuggestion['shows'], f: Finding): FieldSuggestion => ({
  field,
  shows,
  value: f.value,
  page: f.page,
  box: f.box,
  by: f.by,
})

/** Latin letters that look like Cyrillic ones are taken for these: a reader of pictures cannot tell them apart. */
const SAME_SHAPE: Readonly<Record<string, string>> = {
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  I: 'І',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
  Y: 'У',
  '0': 'О',
  '1': 'І',
  L: 'І',
  '|': 'І',
}
const plain = (text: string): string =>
  [...text.toUpperCase().replaceAll(/[^\p{L}\p{N}|]/gu, '')].map((c) => SAME_SHAPE[c] ?? c).join('')

/** Shorter texts are found by chance. */
const SHORTEST = 4

function placeOf(pages: ReadPaper['pages'], value: string): { page: number; box: Box } | null {
  const wanted = plain(value)
  if (wanted.length < SHORTEST) return null
  for (const [page, lines] of pages.entries())
    for (const line of lines) {
      if (!plain(lineText(line)).includes(wanted)) continue
      const words = line.words.filter(({ text }) => {
        const word = plain(text)
        return word.length > 0 && (wanted.includes(word) || word.includes(wanted))
      })
      return { page, box: around((words.length > 0 ? words : line.words).map(({ box }) => box)) }
    }
  return null
}
