import { formatDate } from '../../contract/format.ts'
import type { Lang } from '../../contract/value.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { StoredLetter } from '../db/appeal/secrets.ts'
import { html } from '../page/html.ts'
import { page } from '../page/layout.ts'
import { citizenText } from './citizenText.ts'

export const LETTER_PATH = '/public/letter'

/** Where anybody sees whether a letter is the registry's; `letter` undefined before the question, null when it is not. */
export function letterPage(
  lang: Lang,
  asked: { no: string; code: string },
  letter: StoredLetter | null | undefined,
): string {
  const t = citizenText(lang)
  const body = html`<p>${t('letter-lead')}</p>
${
  letter !== undefined &&
  html`<section class="answer ${letter ? 'white' : 'grey'}" aria-labelledby="answer" data-genuine="${letter ? 'yes' : 'no'}">
<h2 id="answer">${t(letter ? 'letter-genuine' : 'letter-unknown')}</h2>
<p>${
    letter
      ? t('letter-genuine-text', {
          date: formatDate(businessDate(letter.at), lang),
          appeal: letter.appeal,
          kind: t(`kind-${letter.kind}`),
        })
      : t('letter-unknown-text')
  }</p></section>`
}
<form method="get" action="${LETTER_PATH}">
<input type="hidden" name="lang" value="${lang}">
<label for="no">${t('letter-no')}</label>
<input id="no" name="no" value="${asked.no}" autocomplete="off" spellcheck="false" maxlength="60" required>
<label for="code">${t('letter-code')}</label>
<input id="code" name="code" value="${asked.code}" autocomplete="off" spellcheck="false" maxlength="40" required>
<div><button type="submit">${t('letter-ask')}</button></div>
</form>`
  return page({ lang, path: LETTER_PATH, query: asked.no ? { ...asked } : {}, title: t('letter-title'), body })
}
