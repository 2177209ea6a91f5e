import type { Pdf } from './page.ts'

/** What can be drawn: control characters and marks that turn the direction of a text are not. */
export const drawable = (text: string): string =>
  text.replace(/\p{Cc}/gu, ' ').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

/** Cuts a text that is wider than its place, at a letter, in the current font. */
export function cutToWidth(pdf: Pdf, text: string, width: number): string {
  const clean = drawable(text)
  if (pdf.widthOfString(clean) <= width) return clean
  const letters = [...clean]
  let low = 0
  let high = letters.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (pdf.widthOfString(`${letters.slice(0, middle).join('')}…`) <= width) low = middle
    else high = middle - 1
  }
  return `${letters.slice(0, low).join('')}…`
}
