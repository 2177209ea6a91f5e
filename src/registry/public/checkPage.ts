import { formatInstant } from '../../contract/format.ts'
import type { Lang } from '../../contract/value.ts'
import { type Html, html } from '../page/html.ts'
import { page } from '../page/layout.ts'
import type { CheckedImei } from './checkImei.ts'
import { checkTexts, sayAnswer } from './checkText.ts'

export const CHECK_PATH = '/check'

/** What was asked and what came of it; `wrong`: no IMEI that could be looked up. */
export interface Asked {
  readonly imei: string
  readonly answer: CheckedImei | null
  readonly wrong: string | null
}

/** The page where anybody asks about an IMEI; `asked` null before the first question. */
export function checkPage(lang: Lang, asked: Asked | null): string {
  const t = checkTexts(lang)
  const wrong = asked?.wrong ?? null
  const body = html`<p>${t('lead')}</p>
<form method="get" action="${CHECK_PATH}">
<input type="hidden" name="lang" value="${lang}">
<label for="imei">${t('imei')}</label>
<p class="hint" id="imei-hint">${t('hint')}</p>
${wrong !== null && html`<p class="wrong" id="imei-wrong" role="alert">${wrong}</p>`}
<input id="imei" name="imei" type="text" inputmode="numeric" autocomplete="off" spellcheck="false" maxlength="60" required
 value="${asked?.imei ?? ''}" aria-describedby="${wrong === null ? 'imei-hint' : 'imei-hint imei-wrong'}"${
   wrong !== null && html` aria-invalid="true"`
 }>
<div><button type="submit">${t('ask')}</button></div>
</form>
${asked?.answer ? answered(asked.answer, lang) : null}
<h2>${t('about-title')}</h2>
<ul><li>${t('about-where')}</li><li>${t('about-two')}</li><li>${t('about-wifi')}</li></ul>`
  return page({ lang, path: CHECK_PATH, query: asked ? { imei: asked.imei } : {}, title: t('title'), body })
}

function answered(answer: CheckedImei, lang: Lang): Html {
  const t = checkTexts(lang)
  const said = sayAnswer(answer, lang)
  return html`<section class="answer ${answer.list}" aria-labelledby="answer" data-list="${answer.list}">
<h2 id="answer">${said.title}</h2>
<p class="number">IMEI ${answer.imei}</p>
<p>${said.text}</p>
<p>${said.advice}</p>
<p><small>${t('as-of', { at: formatInstant(answer.asOf.at, lang) })}</small></p>
</section>`
}
