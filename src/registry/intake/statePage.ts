import en from '../../../resources/locales/en/reason.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/reason.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/reason.json' with { type: 'json' }
import { formatDate, formatInstant } from '../../contract/format.ts'
import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import { EVIDENCE_KINDS } from '../../domain/appeal.ts'
import { type Html, html } from '../page/html.ts'
import { page, pageAddress } from '../page/layout.ts'
import type { ApplicantAct, ApplicantStep, ApplicantView } from './applicantView.ts'
import { citizenText } from './citizenText.ts'
import { STATE_PATH } from './filingPage.ts'
import { LETTER_PATH } from './letterPage.ts'

const REASONS = { kk, ru, en }

/** Where an applicant types his number and secret; `wrong`: they do not belong together. */
export function askStatePage(lang: Lang, number: string, wrong: string | null): string {
  const t = citizenText(lang)
  const body = html`<p>${t('state-lead')}</p>
<form method="post" action="${STATE_PATH}" enctype="multipart/form-data">
<input type="hidden" name="lang" value="${lang}">
${wrong !== null && html`<p class="wrong" role="alert" id="wrong">${wrong}</p>`}
<label for="number">${t('number')}</label>
<input id="number" name="number" value="${number}" autocomplete="off" spellcheck="false" maxlength="40" required${
    wrong !== null && html` aria-invalid="true" aria-describedby="wrong"`
  }>
<label for="secret">${t('secret')}</label>
<input id="secret" name="secret" autocomplete="off" spellcheck="false" maxlength="60" required>
<div><button type="submit">${t('show')}</button></div>
</form>`
  return page({ lang, path: STATE_PATH, title: t('state-title'), body })
}

export interface Shown {
  readonly view: ApplicantView
  readonly secret: string
  /** What the applicant has just done. */
  readonly did: ApplicantAct['do'] | null
  readonly wrong: string | null
}

/** One appeal as its applicant sees it, and what he can do. */
export function statePage(lang: Lang, { view, secret, did, wrong }: Shown): string {
  const t = citizenText(lang)
  const colour = view.state === 'approved' ? 'white' : 'grey'
  const body = html`${did !== null && html`<p role="status"><strong>${t(`done-${did}`)}</strong></p>`}
${wrong !== null && html`<p class="wrong" role="alert">${wrong}</p>`}
<section class="answer ${colour}" aria-labelledby="state" data-state="${view.state}">
<h2 id="state">${t(`said-${saidOf(view.state)}`)}</h2>
<dl><dt>${t('received')}</dt><dd>${formatInstant(view.receivedAt, lang)}</dd>
<dt>${t('due')}</dt><dd>${formatDate(view.dueAt, lang)}</dd>
${
  view.state === 'preliminary' &&
  view.hearingAt !== null &&
  html`<dt>${t('hearing')}</dt><dd>${formatDate(view.hearingAt, lang)}</dd>`
}
<dt>IMEI</dt><dd class="number">${view.imeis.join(', ')}</dd></dl></section>
<h2>${t('steps')}</h2>
<ol>${view.steps.map((step) => stepItem(step, lang))}</ol>
${view.can.answer && actForm(lang, view.id, secret, 'answer')}
${view.can.complain && actForm(lang, view.id, secret, 'complain')}
${view.can.withdraw && actForm(lang, view.id, secret, 'withdraw')}`
  return page({ lang, path: STATE_PATH, title: t('state-of', { id: view.id }), body })
}

const SAID = ['asked', 'preliminary', 'approved', 'rejected', 'referred', 'withdrawn'] as const
const saidOf = (state: string) => SAID.find((s) => s === state) ?? 'received'

function stepItem(step: ApplicantStep, lang: Lang): Html {
  const t = citizenText(lang)
  const reasons = REASONS[lang]
  return html`<li><strong>${termText('step', step.what, lang)}</strong>, ${formatInstant(step.at, lang)}
${step.item !== null && html`<p>${t('question-about', { field: termText('field', step.item, lang) })}</p>`}
${step.reasons.map(
  (code) =>
    html`<p>${reasons[code].text} (${reasons[code].clause}). ${t('reason-remedy', { remedy: reasons[code].remedy })}</p>`,
)}
${step.note !== '' && html`<p>${step.note}</p>`}
${step.body !== null && html`<p>${t('passed-to', { body: termText('source', step.body, lang) })}</p>`}
${step.until !== null && step.what === 'prolonged' && html`<p>${t('until-prolonged', { date: formatDate(step.until, lang) })}</p>`}
${
  step.letter !== null &&
  html`<p class="hint">${t('letter', { ...step.letter })}
<a href="${pageAddress(LETTER_PATH, { ...step.letter }, lang)}">${t('letter-check')}</a></p>`
}</li>`
}

function actForm(lang: Lang, id: string, secret: string, what: ApplicantAct['do']): Html {
  const t = citizenText(lang)
  return html`<section aria-labelledby="${what}"><h2 id="${what}">${t(`${what}-title`)}</h2>
${what === 'complain' && html`<p class="hint">${t('complain-hint')}</p>`}
<form method="post" action="${STATE_PATH}" enctype="multipart/form-data">
<input type="hidden" name="lang" value="${lang}"><input type="hidden" name="number" value="${id}">
<input type="hidden" name="secret" value="${secret}"><input type="hidden" name="act" value="${what}">
<label for="${what}-note">${t(`${what}-note`)}</label>
<textarea id="${what}-note" name="note" rows="3" maxlength="4000"${what === 'complain' && html` required`}></textarea>
${
  what === 'answer' &&
  EVIDENCE_KINDS.map(
    (
      kind,
    ) => html`<label for="answer-${kind}">${t(`paper-${kind}`)} <span class="hint">(${t('optional')})</span></label>
<input id="answer-${kind}" name="file-${kind}" type="file" multiple>`,
  )
}
${
  what === 'withdraw' &&
  html`<label><input type="checkbox" name="sure" value="yes" required>${t('withdraw-sure')}</label>`
}
<div><button type="submit">${t(`${what}-send`)}</button></div></form></section>`
}
