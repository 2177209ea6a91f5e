import { parseDate } from '../cellDate.ts'
import { parseImei } from '../imei.ts'
import { around, type Finding, lineText, type PaperLine, type PaperWord } from './paperText.ts'

/** Letters that a reader of pictures mistakes digits for; used only where a word is mostly digits. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  О: '0',
  о: '0',
  Q: '0',
  D: '0',
  I: '1',
  l: '1',
  '|': '1',
  '!': '1',
  І: '1',
  Z: '2',
  З: '3',
  з: '3',
  A: '4',
  S: '5',
  s: '5',
  б: '6',
  G: '6',
  B: '8',
  В: '8',
  g: '9',
  q: '9',
}

/** Digits of a word, look-alike letters replaced when most of it is digits; null when it is no number. */
export function digitsOf(word: string): string | null {
  const bare = word.replaceAll(/[\s.,:;\-–—'"«»()[\]]/g, '')
  const digits = bare.replaceAll(/\D/g, '').length
  if (digits === 0 || digits * 2 < bare.length) return null
  const read = [...bare].map((c) => (c >= '0' && c <= '9' ? c : (LOOKALIKES[c] ?? '?'))).join('')
  return read.includes('?') ? null : read
}

/**
 * IMEIs, dates and sums that a page's text shows. An IMEI counts only with its check digit (3GPP TS 23.003), so that a misread digit
 * is not taken for one; digits printed in groups are joined.
 */
export function findOnPage(lines: readonly PaperLine[], page: number): readonly Finding[] {
  return lines.flatMap((line) => [...imeisIn(line, page), ...datesIn(line, page), ...sumsIn(line, page)])
}

function imeisIn(line: PaperLine, page: number): Finding[] {
  const found: Finding[] = []
  for (let from = 0; from < line.words.length; from++) {
    let digits = ''
    for (let to = from; to < line.words.length && digits.length < 15; to++) {
      const word = line.words[to] as PaperWord
      const more = digitsOf(afterLabel(word.text))
      if (more === null) break
      digits += more
      if (digits.length !== 15) continue
      const parsed = parseImei({ kind: 'text', text: digits })
      if (!parsed.ok || parsed.imei.check !== 'right') break
      found.push(finding('imei', digits, line.words.slice(from, to + 1), page))
      from = to
    }
  }
  return found
}

/** What follows "IMEI1:" in a word that the reader did not part. */
const afterLabel = (word: string): string => word.replace(/^.*?[IІ1l|]?[MМ][EЕ][IІl1|]\s?\d?\s?[:.;]\s*/iu, '')

/** A date may be one word or, with the month's name, three. */
function datesIn(line: PaperLine, page: number): Finding[] {
  const found: Finding[] = []
  for (let from = 0; from < line.words.length; from++) {
    for (const count of [3, 1]) {
      const words = line.words.slice(from, from + count)
      const text = words.map((w) => w.text).join(' ')
      if (words.length < count || !/\d/.test(text) || (count === 1 && !/^\D{0,2}\d{1,4}[./-]\d/.test(text))) continue
      const read = parseDate({ kind: 'text', text: text.replaceAll(/^[^\d]+|[^\d\p{L}]+$/gu, '') })
      if (!read.ok) continue
      found.push(finding('date', read.date, words, page))
      from += count - 1
      break
    }
  }
  return found
}

/** Currencies as printed, also with the letters that a reader of pictures mixes up. */
const CURRENCY = /₸|(?<!\p{L})([KК][ZЗ2][TТ]|RUB|USD|EUR|CNY|AED|TRY|тг|тенге|теңге|руб)(?!\p{L})/iu
const SUM = /(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d{2})?(?![\d.,]*\d)/gu

/** Sums are numbers on a line that names a currency. */
function sumsIn(line: PaperLine, page: number): Finding[] {
  const text = lineText(line)
  if (!CURRENCY.test(text)) return []
  return [...text.matchAll(SUM)].flatMap((match) => {
    const value = match[0].replaceAll(/[ \u00a0\u202f]/g, '').replace(',', '.')
    if (Number(value) < 100) return []
    const words = line.words.filter((_, i) => {
      const start = line.words.slice(0, i).reduce((sum, w) => sum + w.text.length + 1, 0)
      const end = start + (line.words[i]?.text.length ?? 0)
      return end > match.index && start < match.index + match[0].length
    })
    return [finding('sum', value, words, page)]
  })
}

function finding(kind: Finding['kind'], value: string, words: readonly PaperWord[], page: number): Finding {
  return {
    kind,
    value,
    text: words.map(({ text }) => text).join(' '),
    page,
    box: around(words.map(({ box }) => box)),
    by: 'text',
    sure: Math.min(...words.map(({ sure }) => sure)),
  }
}
