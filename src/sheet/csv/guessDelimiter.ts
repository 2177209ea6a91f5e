import type { Delimiter } from '../workbook.ts'

const CANDIDATES: readonly Delimiter[] = [';', ',', '\t', '|']
const MOST_LINES = 60

/**
 * The separator that splits the first lines into the same number of fields most consistently; `,` where there is only one column.
 * Separators inside quotes do not count.
 * @param start beginning of the text, cut anywhere
 */
export function guessDelimiter(start: string): Delimiter {
  let best: Delimiter = ','
  let bestScore = 0
  for (const delimiter of CANDIDATES) {
    const score = consistency(fieldCounts(start, delimiter))
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

/** Excel's `sep=;` in the first line, with the length of that line; null when there is none. */
export function declaredDelimiter(start: string): { delimiter: Delimiter; length: number } | null {
  const match = /^sep=([;,\t|])\r?(?:\n|$)/i.exec(start)
  return match === null ? null : { delimiter: match[1] as Delimiter, length: match[0].length }
}

/** Fields of each complete line. */
function fieldCounts(text: string, delimiter: string): number[] {
  const counts: number[] = []
  let fields = 1
  let quoted = false
  let blank = true
  for (let i = 0; i < text.length && counts.length < MOST_LINES; i++) {
    const character = text[i] as string
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === delimiter) fields += 1
    else if (character === '\n' || character === '\r') {
      if (!blank) counts.push(fields)
      fields = 1
      blank = true
      continue
    }
    blank = false
  }
  if (!blank && (counts.length === 0 || !quoted)) counts.push(fields)
  return counts
}

/** Share of the lines that have the most frequent count above one, weighed by that count. */
function consistency(counts: readonly number[]): number {
  const lines = new Map<number, number>()
  for (const count of counts) if (count > 1) lines.set(count, (lines.get(count) ?? 0) + 1)
  let best = 0
  for (const [count, times] of lines) best = Math.max(best, (times / counts.length) * (1 + Math.log2(count)))
  return best
}
