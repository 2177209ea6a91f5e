/**
 * IMEIs in what an officer typed or pasted: labels, separators, no-break spaces and full-width digits are cleaned away; what Excel
 * damaged (3.5E+14) stays as it is, so that the answer can name it. Order is kept, repeats are dropped.
 */
export function pastedImeis(text: string): readonly string[] {
  const found = asciiDigits(text)
    .split(/[\r\n;|\t]+|,(?!\d+e\+)/i)
    .flatMap((piece) => imeisOf(piece))
  return [...new Set(found)]
}

const LABEL = /imei\s*(?:sv)?\s*(?:[1-4](?=\s*[:=№#.)-]|\s+\d{8}))?\s*[:=№#.)-]*/gi
const DAMAGED = /^\d(?:[.,]\d+)?e\+?\d+$/i

function imeisOf(piece: string): readonly string[] {
  const bare = piece.replace(LABEL, ' ').trim()
  if (bare === '') return []
  const words = bare.split(/[\s\u00a0]+/)
  if (words.some((word) => DAMAGED.test(word))) return words
  const whole = words.every((word) => digitsOf(word).length >= 14)
  return (whole ? words : [bare]).map((word) => withoutSeparators(word)).filter((word) => word !== '')
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')

const withoutSeparators = (text: string): string => text.replace(/[\s\u00a0'’`./-]+/g, '')

const asciiDigits = (text: string): string =>
  text.replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30))
