import type { ApplicantKey, Claim, EvidenceFile, Route } from './appeal.ts'
import { isIdentity } from './identity.ts'
import { parseImei } from './imei.ts'
import { missingPapers } from './papers.ts'
import { done, type Outcome, refused } from './problem.ts'

/** Most files of one appeal, and largest of them: scans of 60 MB occur. */
export const MOST_FILES = 20
export const LARGEST_FILE = 64 * 1024 * 1024

/** What an appeal must be to be taken at all; whether it is right is an officer's matter. */
export function checkIntake(filed: {
  readonly route: Route
  readonly applicant: { readonly key: ApplicantKey; readonly name: string }
  readonly claim: Claim
  readonly evidence: readonly EvidenceFile[]
}): Outcome<true> {
  const person = checkApplicant(filed.applicant.key)
  if (!person.ok) return person
  if (filed.applicant.name.trim() === '') return refused('applicant-unusable', { value: filed.applicant.name })
  for (const imei of filed.claim.imeis)
    if (!parseImei(imei).ok) return refused('imei-unusable', { value: imei.slice(0, 40) })
  const large = filed.evidence.find((e) => e.bytes > LARGEST_FILE) ?? filed.evidence[MOST_FILES]
  if (large)
    return refused('evidence-too-large', { file: large.file, megabytes: LARGEST_FILE / 1048576, count: MOST_FILES })
  const missing = missingPapers(filed)
  if (missing.length > 0) return refused('papers-missing', { papers: missing.map((g) => g.join('|')).join(', ') })
  return done(true)
}

/** An IIN whose check digit is right, or a passport number with the country's code of two or three letters (ICAO Doc 9303, ISO 3166). */
export function checkApplicant(key: ApplicantKey): Outcome<true> {
  if (key.kind === 'iin') return isIdentity(key.iin) ? done(true) : refused('applicant-unusable', { value: key.iin })
  const number = key.number.replaceAll(/\s/g, '')
  return /^[\p{L}\d]{4,20}$/u.test(number) && /\d/.test(number) && /^[A-Z]{2,3}$/i.test(key.country)
    ? done(true)
    : refused('applicant-unusable', { value: `${key.number} ${key.country}`.trim().slice(0, 40) })
}
