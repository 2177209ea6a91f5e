import type { BatchField } from '../checks/batchField.ts'
import { HEADER_NAMES, LOOSE_NAMES } from './headerNames.ts'

/** A header as names are compared: small letters, ё as е, № as "номер", Latin look-alikes inside Cyrillic words as Cyrillic, no punctuation. */
export function plainHeader(header: string): string {
  return header
    .replace(/№|#/g, ' номер ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ё/g, 'е')
    .replace(/([\p{L}])(\d)/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map(oneAlphabet)
    .join(' ')
}

const TO_LATIN: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', к: 'k', м: 'm', т: 't', в: 'b', н: 'h',
} // biome-ignore format: pairs read best in lines
const TO_CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TO_LATIN).map(([cyrillic, latin]) => [latin, cyrillic]),
)

const LATIN_TERMS = new Set(['imei', 'imeis', 'tac'])

/** A word typed in two alphabets (ІMЕI) goes wholly into one: Latin where every letter has a Latin twin, else Cyrillic. */
function oneAlphabet(word: string): string {
  if (!/[\p{Script=Cyrillic}]/u.test(word)) return word
  const asLatin = [...word].map((c) => TO_LATIN[c] ?? c).join('')
  if (LATIN_TERMS.has(asLatin)) return asLatin
  if (!/[a-z]/.test(word)) return word
  return /^[a-z0-9]+$/.test(asLatin) ? asLatin : [...word].map((c) => TO_CYRILLIC[c] ?? c).join('')
}

const PLAIN_NAMES: ReadonlyMap<BatchField, readonly string[]> = new Map(
  (Object.entries(HEADER_NAMES) as [BatchField, readonly string[]][]).map(([field, names]) => [
    field,
    [...new Set(names.map(plainHeader))],
  ]),
)

/** Names that often mean something else: a column with another name of the field goes before one of these. */
const LOOSE = new Set(LOOSE_NAMES.map(plainHeader))
const LOOSE_WORTH = 0.9

/** How well a header names a field: 1 its very name, less with typing errors or with words around it, 0 not at all. */
export function headerLikeness(header: string, field: BatchField): number {
  const plain = plainHeader(header)
  if (plain === '') return 0
  let best = 0
  for (const name of PLAIN_NAMES.get(field) ?? [])
    best = Math.max(best, likeness(plain, name) * (LOOSE.has(name) ? LOOSE_WORTH : 1))
  return best
}

function likeness(header: string, name: string): number {
  if (header === name) return 1
  // numbers tell columns apart (IMEI 1, IMEI 2), so they are never a typing error
  const otherNumber = header.replace(/\D/g, '') !== name.replace(/\D/g, '')
  if (otherNumber && /\d|ime|име/.test(name)) return 0
  const squeezed = header.replace(/ /g, '')
  const squeezedName = name.replace(/ /g, '')
  if (squeezed === squeezedName) return 0.98
  const allowed = otherNumber ? 0 : squeezedName.length >= 9 ? 2 : squeezedName.length >= 5 ? 1 : 0
  if (allowed > 0) {
    const errors = editDistance(squeezed, squeezedName, allowed)
    if (errors <= allowed) return 0.9 - errors * 0.08
  }
  // "БИН импортера (12 цифр)": the name with words around it, worth the more of the header it makes up
  const words = header.split(' ')
  const nameWords = name.split(' ')
  if (name.length >= 3 && nameWords.every((w) => words.includes(w))) return 0.5 + 0.35 * (name.length / header.length)
  return 0
}

/** Insertions, deletions, substitutions and swaps of neighbours between two texts; stops counting above `most`. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length] as number
}
