/** Control characters that XML cannot carry, and the two code points that are no characters. */
const FORBIDDEN = '\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff'
const NEEDS_ESCAPE = new RegExp(`[&<>_\\ud800-\\udfff${FORBIDDEN}]`)
const PARTS = new RegExp(
  `[&<>${FORBIDDEN}]|_(?=x[0-9a-fA-F]{4}_)|[\\ud800-\\udbff][\\udc00-\\udfff]|[\\ud800-\\udfff]`,
  'g',
)
const FORBIDDEN_IN_NAMES = new RegExp(`[\\t\\n${FORBIDDEN}]`, 'g')

/**
 * Text of a cell for XML: what XML cannot carry becomes `_xHHHH_` as spreadsheets write it, and an underscore that would read as
 * the start of such an escape becomes `_x005F_`.
 */
export function escapeText(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text
  return text.replace(PARTS, (part) => {
    if (part === '&') return '&amp;'
    if (part === '<') return '&lt;'
    if (part === '>') return '&gt;'
    if (part.length === 2) return part
    return `_x${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
}

/** Text for an attribute in double quotes; control characters, which no name may have, are left out. */
export function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replace(FORBIDDEN_IN_NAMES, '')
}
