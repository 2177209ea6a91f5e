import { problemText } from '../../contract/problemText.ts'
import type { Intake } from '../../contract/registry.ts'
import type { Lang } from '../../contract/value.ts'
import type { ApplicantKey, Claim, Route } from '../../domain/appeal.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import type { IsoDate } from '../../domain/fact.ts'
import { parseImei } from '../../domain/imei.ts'
import { checkApplicant } from '../../domain/intake.ts'
import { missingPapers } from '../../domain/papers.ts'
import { type CitizenKey, citizenText } from './citizenText.ts'
import { CLAIM_INPUTS, type ClaimInput, claimInputs, isNeeded } from './formFields.ts'
import type { SentForm } from './readForm.ts'

/** What is wrong with a field, in the applicant's language; by the id of its input. */
export type FormFaults = ReadonlyMap<string, string>

export interface JudgedForm {
  readonly intake: Intake
  readonly faults: FormFaults
}

/** The appeal that a form says, and what must be corrected before it can be taken. Every fault at once. */
export function judgeForm(form: SentForm, route: Route, lang: Lang, today: IsoDate): JudgedForm {
  const t = citizenText(lang)
  const { fields } = form
  const faults = new Map<string, string>()
  const need = (input: string, name: CitizenKey): void => {
    if (!fields[input]) faults.set(input, t('needed', { field: t(name) }))
  }
  need('name', 'name')
  const key = keyOf(fields)
  const person = checkApplicant(key)
  if (!person.ok) {
    const { message } = problemText(person.problem, lang)
    if (key.kind === 'iin') faults.set('iin', fields.iin ? message : t('needed', { field: t('iin') }))
    else faults.set('passport', fields.passport ? message : t('needed', { field: t('passport') }))
  }
  const imeis = (['imei1', 'imei2'] as const).flatMap((input) => {
    const text = fields[input] ?? ''
    if (text === '') return []
    const parsed = parseImei(text)
    if (!parsed.ok || parsed.imei.check === 'wrong') faults.set(input, t('imei-wrong', { field: t(input) }))
    return [parsed.ok ? parsed.imei.digits : text]
  })
  need('imei1', 'imei1')
  const claim: Record<string, string | number | readonly string[]> = { imeis: imeis.length > 0 ? imeis : [''] }
  for (const name of ['brand', 'model', 'note'] as const) if (fields[name]) claim[name] = fields[name]
  for (const input of claimInputs(route)) readClaim(input)
  const intake: Intake = {
    route,
    applicant: { key, name: fields.name ?? '', language: languageOf(fields.language) },
    claim: claim as unknown as Intake['claim'] & Claim,
    evidence: [...form.files],
  }
  if (form.wrong) faults.set('files', problemText(form.wrong.problem, lang).message)
  for (const group of missingPapers(intake)) {
    const paper = group.map((kind) => t(`paper-${kind}`)).join(t('or'))
    faults.set(`file-${group[0]}`, t('paper-needed', { paper }))
  }
  return { intake, faults }

  function readClaim(input: ClaimInput): void {
    const value = fields[input] ?? ''
    if (value === '') {
      if (isNeeded(route, input)) need(input, input)
      return
    }
    if (CLAIM_INPUTS[input] === 'number') claim[input] = Number(value.replaceAll(/\D/g, ''))
    else claim[input] = value
    if (CLAIM_INPUTS[input] === 'date' && (!isIsoDate(value) || value > today))
      faults.set(input, t('date-wrong', { field: t(input) }))
  }
}

function keyOf(fields: SentForm['fields']): ApplicantKey {
  if (fields['person-kind'] !== 'passport') return { kind: 'iin', iin: (fields.iin ?? '').replaceAll(/\s/g, '') }
  const number = (fields.passport ?? '').replaceAll(/\s/g, '').toUpperCase()
  return { kind: 'passport', number, country: (fields.country ?? '').toUpperCase() }
}

const languageOf = (text: string | undefined): Lang => (text === 'ru' || text === 'en' ? text : 'kk')
