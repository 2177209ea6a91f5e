import en from '../../../resources/locales/en/page.json' with { type: 'json' }
import kk from '../../../resources/locales/kk/page.json' with { type: 'json' }
import ru from '../../../resources/locales/ru/page.json' with { type: 'json' }
import type { Lang } from '../../contract/value.ts'
import { type Html, html } from './html.ts'
import { PAGE_LANGUAGES } from './pageLanguage.ts'
import { type PageTexts, pageText } from './pageText.ts'
import { STYLE_PATH } from './styles.ts'

const TEXTS: PageTexts<keyof typeof en> = { kk, ru, en }

/** Pages that every page leads to, by their path and the key of their name in `page.json`. */
const PLACES = [
  { path: '/check', name: 'check' },
  { path: '/appeal', name: 'appeal' },
  { path: '/appeal/state', name: 'state' },
  { path: '/public/letter', name: 'letter' },
  { path: '/report', name: 'report' },
] as const

export interface Page {
  readonly lang: Lang
  /** Path of this page with what must be kept when the language changes, without `lang`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly title: string
  readonly body: Html
}

/** Address of a page in a language. */
export const pageAddress = (path: string, query: Readonly<Record<string, string>>, lang: Lang): string =>
  `${path}?${new URLSearchParams({ ...query, lang })}`

/** A whole page: language choice, ways to the other pages, its content. Works without script, by keyboard and by screen reader. */
export function page({ lang, path, query = {}, title, body }: Page): string {
  const t = pageText(TEXTS, lang)
  const language = (to: Lang) =>
    html`<li><a href="${pageAddress(path, query, to)}" lang="${to}" hreflang="${to}"${
      to === lang && html` aria-current="true"`
    }>${TEXTS[to].language}</a></li>`
  const place = (to: (typeof PLACES)[number]) =>
    html`<li><a href="${pageAddress(to.path, {}, lang)}"${to.path === path && html` aria-current="page"`}>${t(to.name)}</a></li>`
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${t('site')}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#main">${t('skip')}</a>
<header>
<p class="site">${t('site')}</p>
<nav aria-label="${t('places')}"><ul>${PLACES.map(place)}</ul></nav>
<nav aria-label="${t('languages')}"><ul>${PAGE_LANGUAGES.map(language)}</ul></nav>
</header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
<footer><p>${t('footer')}</p></footer>
</body>
</html>
`.text
}

/** A page that says why there is no other: not found, too many requests, a bug. */
export function troublePage(lang: Lang, path: string, what: 'not-found' | 'too-many' | 'unusable' | 'failed'): string {
  const t = pageText(TEXTS, lang)
  return page({ lang, path, title: t(`${what}-title`), body: html`<p>${t(`${what}-text`)}</p>` })
}
