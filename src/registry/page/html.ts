/** Markup that is safe to send: made by `html` alone, so that nothing gets into a page unescaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a page: text and numbers are escaped, markup and lists of it are not, nothing is shown for null and false. */
export type Fragment = Html | string | number | null | false | readonly Fragment[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

function markup(value: Fragment): string {
  if (value === null || value === false) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return value.map(markup).join('')
}

/**
 * Template tag: html`<p title="${title}">${text}</p>`. Every value is escaped for element content and quoted attributes; attributes are
 * always quoted, and no value may stand in a script, a style or a URL scheme.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Fragment[]): Html =>
  new Html(parts.reduce((text, part, i) => text + markup(values[i - 1] ?? null) + part))
