import type { Reader } from '../db/handle.ts'
import { COUNT_MEANT } from './queries.ts'

/** Characters of one entry of the index `appeal_gram`. */
const GRAM = 3
/** The index takes no more words of a question; the text itself is looked at in the end. */
const MOST_GRAMS = 24
/** So many appeals are looked at one by one; among more, going through all of them fills a page sooner. */
const FEW = 1000

/** What an officer typed, as appeals' texts are written. */
export const typedText = (text: string): string => text.trim().toLocaleLowerCase('ru')

/** The pattern that finds a text anywhere. */
export const likeText = (typed: string): string => `%${typed.replaceAll(/[%_\\]/g, (c) => `\\${c}`)}%`

/** The question to the index for a text: each of its runs of three characters; null when it is too short for one. */
export function gramsOf(typed: string): string | null {
  // SQLite ends a text at this character
  if (typed.includes('\0')) return null
  const letters = [...typed]
  const grams = letters.slice(GRAM - 1).map((_, at) => letters.slice(at, at + GRAM).join(''))
  if (grams.length === 0) return null
  return [...new Set(grams)]
    .slice(0, MOST_GRAMS)
    .map((gram) => `"${gram.replaceAll('"', '""')}"`)
    .join(' AND ')
}

/** The question to the index when few appeals may be meant by a text; else null. */
export function fewMeant(cache: Reader, typed: string): string | null {
  const grams = gramsOf(typed)
  if (grams === null) return null
  return (cache.value<number>(COUNT_MEANT, grams, FEW + 1) ?? 0) > FEW ? null : grams
}
