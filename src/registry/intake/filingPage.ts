import { formatDate } from '../../contract/format.ts'
import type { Lang } from '../../contract/value.ts'
import { EVIDENCE_KINDS, type EvidenceKind, ROUTES, type Route } from '../../domain/appeal.ts'
import type { IsoDate } from '../../domain/fact.ts'
import { papersOf } from '../../domain/papers.ts'
import { type Html, html } from '../page/html.ts'
import { page, pageAddress } from '../page/layout.ts'
import { citizenText } from './citizenText.ts'
import { CLAIM_INPUTS, claimInputs, FORM_FILE_BYTES, FORM_FILES, isNeeded } from './formFields.ts'
import type { FormFaults } from './judgeForm.ts'

export const FILING_PATH = '/appeal'
export const STATE_PATH = '/appeal/state'

/** The first page: how the device came. Each way leads to the form that asks for its papers. */
export function routePage(lang: Lang): string {
  const t = citizenText(lang)
  const way = (route: Route) =>
    html`<li><a href="${pageAddress(FILING_PATH, { route }, lang)}">${t(`route-${route}`)}</a>
<p class="hint">${t('papers', { papers: papersText(route, lang) })}</p></li>`
  const body = html`<p>${t('lead')}</p>
<h2>${t('choose-route')}</h2>
<ul>${ROUTES.map(way)}</ul>`
  return page({ lang, path: FILING_PATH, title: t('title'), body })
}

const papersText = (route: Route, lang: Lang): string => {
  const t = citizenText(lang)
  return papersOf(route)
    .map((group) => group.map((kind) => t(`paper-${kind}`)).join(t('or')))
    .join('; ')
}

/** What was typed before, and what is wrong with it. */
export interface Typed {
  readonly fields: Readonly<Record<string, string>>
  readonly faults: FormFaults
}

/** The form of a route; with faults, all of them are told at the top and at their fields. */
export function formPage(lang: Lang, route: Route, typed: Typed | null): string {
  const t = citizenText(lang)
  const input = inputOf(lang, typed)
  const faults = [...(typed?.faults ?? [])]
  const passport = typed?.fields['person-kind'] === 'passport'
  const groups = papersOf(route)
  const asked = new Set(groups.flat())
  const others = EVIDENCE_KINDS.filter((kind) => !asked.has(kind))
  const body = html`<p>${t(`route-${route}`)}. ${t('papers', { papers: papersText(route, lang) })}</p>
${
  faults.length > 0 &&
  html`<div role="alert"><p class="wrong">${t('wrong-title')}</p>
<ul>${faults.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul><p>${t('files-again')}</p></div>`
}
<form method="post" action="${FILING_PATH}" enctype="multipart/form-data" novalidate>
<input type="hidden" name="lang" value="${lang}"><input type="hidden" name="route" value="${route}">
<h2>${t('person')}</h2>
${input('name', { needed: true, hint: t('name-hint'), extra: html` autocomplete="name"` })}
<fieldset><legend>${t('person-kind')}</legend>
<label><input type="radio" name="person-kind" value="iin"${!passport && html` checked`}>${t('kind-iin')}</label>
${input('iin', { either: true, extra: html` inputmode="numeric" maxlength="14"` })}
<label><input type="radio" name="person-kind" value="passport"${passport && html` checked`}>${t('kind-passport')}</label>
${input('passport', { either: true, extra: html` maxlength="20"` })}
${input('country', { either: true, hint: t('country-hint'), extra: html` maxlength="3"` })}
</fieldset>
<label for="language">${t('language')}</label>
<select id="language" name="language">${(['ru', 'en', 'kk'] as const).map(
    (l) =>
      html`<option value="${l}"${(typed?.fields.language ?? lang) === l && html` selected`}>${LANGUAGES[l]}</option>`,
  )}</select>
<h2>${t('device')}</h2>
${input('imei1', { needed: true, hint: t('imei-hint'), extra: html` inputmode="numeric" maxlength="40"` })}
${input('imei2', { extra: html` inputmode="numeric" maxlength="40"` })}
${input('brand', {})}${input('model', {})}
${claimInputs(route).length > 0 && html`<h2>${t('claim')}</h2>`}
${claimInputs(route).map((name) => input(name, { needed: isNeeded(route, name), type: CLAIM_INPUTS[name] }))}
<h2 id="files">${t('files')}</h2>
<p class="hint">${t('files-hint', { megabytes: FORM_FILE_BYTES / 1048576, count: FORM_FILES })}</p>
${[...groups.map((group) => group[0] as EvidenceKind), ...others].map((kind, i) => {
  const label = i < groups.length ? (groups[i] ?? []).map((k) => t(`paper-${k}`)).join(t('or')) : t(`paper-${kind}`)
  return input(`file-${kind}`, { needed: i < groups.length, type: 'file', label, extra: html` multiple` })
})}
<label for="note">${t('note')} <span class="hint">(${t('optional')})</span></label>
<textarea id="note" name="note" rows="4" maxlength="2000">${typed?.fields.note ?? ''}</textarea>
<p>${t('consent')}</p>
<div><button type="submit">${t('send')}</button></div>
</form>`
  return page({ lang, path: FILING_PATH, query: { route }, title: t('title'), body })
}

const LANGUAGES: Readonly<Record<Lang, string>> = { kk: 'Қазақша', ru: 'Русский', en: 'English' }

interface InputLook {
  readonly needed?: boolean
  /** Needed or not by what is chosen beside it. */
  readonly either?: boolean
  readonly hint?: string
  readonly type?: string
  readonly label?: string
  readonly extra?: Html
}

const inputOf =
  (lang: Lang, typed: Typed | null) =>
  (name: string, { needed = false, either = false, hint, type = 'text', label, extra }: InputLook): Html => {
    const t = citizenText(lang)
    const wrong = typed?.faults.get(name)
    const described = [hint && `${name}-hint`, wrong && `${name}-wrong`].filter(Boolean).join(' ')
    // typed with a keyboard of digits, so that a phone shows one; a number input would drop what it does not know
    const shown = type === 'number' ? 'text' : type
    return html`<label for="${name}">${label ?? t(name as 'name')}${
      !needed && !either && html` <span class="hint">(${t('optional')})</span>`
    }</label>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${wrong !== undefined && html`<p class="wrong" id="${name}-wrong">${wrong}</p>`}
<input id="${name}" name="${name}" type="${shown}"${type !== 'file' && html` value="${typed?.fields[name] ?? ''}"`}${
      described !== '' && html` aria-describedby="${described}"`
    }${wrong !== undefined && html` aria-invalid="true"`}${needed && html` aria-required="true"`}${extra ?? null}>`
  }

export interface Filed {
  readonly id: string
  readonly secret: string
  readonly dueAt: IsoDate
  readonly files: number
}

/** After filing: number and secret, to be kept. */
export function filedPage(lang: Lang, filed: Filed): string {
  const t = citizenText(lang)
  const body = html`<section class="answer white" aria-labelledby="filed"><h2 id="filed">${t('filed-title')}</h2>
<dl><dt>${t('filed-number')}</dt><dd class="number" data-number>${filed.id}</dd>
<dt>${t('filed-secret')}</dt><dd class="number" data-secret>${filed.secret.replaceAll(/(.{4})(?=.)/g, '$1-')}</dd></dl>
<p>${t('filed-keep')}</p><p>${t('filed-due', { date: formatDate(filed.dueAt, lang) })}</p>
<p>${t('filed-files', { count: filed.files })}</p></section>
<p><a href="${pageAddress(STATE_PATH, {}, lang)}">${t('state-title')}</a></p>`
  return page({ lang, path: FILING_PATH, title: t('filed-title'), body })
}
