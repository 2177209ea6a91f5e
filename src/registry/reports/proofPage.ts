import en from '../../../resources/locales/en/reportProof.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/reportProof.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/reportProof.json' with { type: 'json' }
import { formatDate, formatNumber } from '../../contract/format.ts'
import type { ReportProofAnswer } from '../../contract/registry/reportProof.ts'
import type { Lang } from '../../contract/value.ts'
import { type Html, html } from '../page/html.ts'
import { page } from '../page/layout.ts'
import { type PageTexts, pageText } from '../page/pageText.ts'
import { REPORT_TITLES } from './reportTitles.ts'

const TEXTS: PageTexts<keyof typeof en> = { kk, ru, en }

export const REPORT_PATH = '/report'

/** The page where anybody holding a printed report asks whether it is genuine; `asked` null before the first question. */
export function proofPage(lang: Lang, asked: { text: string; answer: ReportProofAnswer } | null): string {
  const t = pageText(TEXTS, lang)
  const body = html`<p>${t('lead')}</p>
<form method="get" action="${REPORT_PATH}">
<input type="hidden" name="lang" value="${lang}">
<label for="proof">${t('proof')}</label>
<p class="hint" id="proof-hint">${t('hint')}</p>
<textarea id="proof" name="proof" rows="5" maxlength="1000" required spellcheck="false" autocomplete="off"
 aria-describedby="proof-hint">${asked?.text ?? ''}</textarea>
<div><button type="submit">${t('ask')}</button></div>
</form>
${asked && answered(asked.answer, lang)}`
  return page({ lang, path: REPORT_PATH, query: asked ? { proof: asked.text } : {}, title: t('title'), body })
}

function answered({ genuine, why, proof, desk }: ReportProofAnswer, lang: Lang): Html {
  const t = pageText(TEXTS, lang)
  const row = (label: string, value: string): Html => html`<dt>${label}</dt><dd>${value}</dd>`
  const shown =
    proof &&
    html`<dl>${[
      row(t('report'), REPORT_TITLES[lang][proof.report] ?? proof.report),
      row(t('period'), `${formatDate(proof.from, lang)} — ${formatDate(proof.to, lang)}`),
      row(t('total'), proof.total === '-' ? '—' : formatNumber(Number(proof.total), lang)),
      row(t('seq'), formatNumber(proof.seq, lang)),
      row(t('fingerprint'), proof.fingerprint),
      desk ? row(t('desk'), desk.name) : null,
    ]}</dl>
<p>${t('compare')}</p>`
  return html`<section class="answer ${genuine ? 'white' : 'black'}" aria-labelledby="answer" data-genuine="${String(genuine)}">
<h2 id="answer">${t(genuine ? 'genuine' : 'not-genuine')}</h2>
<p>${t(why ?? 'signed')}</p>
${genuine ? shown : null}
</section>`
}
