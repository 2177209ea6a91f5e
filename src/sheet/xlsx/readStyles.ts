import type { Buffer } from 'node:buffer'
import { readElements } from './readElements.ts'

/** Built-in number formats that are dates or times, East Asian ones included (ECMA-376 part 1, 18.8.30). */
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 47, 50, 51, 52, 53, 54, 55, 56, 57,
  58,
])

/** For every cell style (the `s` of a cell) 1 when it shows its number as a date or time of day, else 0. */
export function readDateStyles(styles: Buffer): Uint8Array {
  const formats = new Map<number, string>()
  const dates: number[] = []
  readElements(styles, (path, attributes) => {
    const parent = path.at(-2)
    if (path.at(-1) === 'numFmt' && parent === 'numFmts') {
      formats.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '')
    } else if (path.at(-1) === 'xf' && parent === 'cellXfs') {
      dates.push(Number(attributes.get('numFmtId') ?? 0))
    }
  })
  return Uint8Array.from(dates, (id) => {
    const code = formats.get(id)
    return (code === undefined ? BUILT_IN_DATES.has(id) : isDateFormat(code)) ? 1 : 0
  })
}

/**
 * Whether a number format shows dates: it has one of y, m, d, h, s outside of quotes, escapes and brackets.
 * A duration (`[h]:mm`) is a number, not a date.
 */
export function isDateFormat(code: string): boolean {
  const first = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] as string
  if (/\[(h+|m+|s+)\]/i.test(first)) return false
  return /[ymdhs]/i.test(first.replace(/\[[^\]]*\]/g, '').replace(/general|AM\/PM|A\/P/gi, ''))
}
