import type { BatchField } from '../checks/batchField.ts'
import { isIdentity } from '../identity.ts'
import { hasRightCheckDigit } from '../imei.ts'
import { sortOf } from './fieldSort.ts'

/** Letters people and scanners put for digits. */
const DIGITS: Readonly<Record<string, string>> = {
  O: '0', o: '0', О: '0', о: '0', Ο: '0', D: '0', З: '3', з: '3', I: '1', l: '1', i: '1', L: '1', І: '1', і: '1', '|': '1',
  S: '5', s: '5', B: '8', В: '8', Z: '2', z: '2', Ч: '4', ч: '4', б: '6', G: '6', q: '9',
} // biome-ignore format: one line reads as the table it is

/** Cyrillic letters that look like Latin ones. */
const LATIN: Readonly<Record<string, string>> = {
  А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', У: 'Y', Х: 'X', І: 'I', Ѕ: 'S', Ј: 'J',
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', ј: 'j', к: 'k', м: 'm', т: 't', н: 'h', в: 'b',
} // biome-ignore format: one line reads as the table it is

/**
 * Replaces letters that only look right: in numbers by the digit they stand for, where the check digit then proves it; in words that mix
 * both alphabets the Cyrillic ones by Latin ones (Хiaomi → Xiaomi). A word of one alphabet is left as it is.
 */
export function lookalikes(text: string, field: BatchField): string {
  const sort = sortOf(field)
  if (sort === 'words') return text.replace(/[\p{L}\d]+/gu, unmixed)
  if (sort !== 'imei' && sort !== 'identity') return text
  const bare = text.replace(/[\s\-.]/g, '')
  const digits = [...bare].map((c) => DIGITS[c] ?? c).join('')
  if (digits === bare) return text
  return (sort === 'imei' ? hasRightCheckDigit(digits) : isIdentity(digits)) ? digits : text
}

function unmixed(word: string): string {
  if (!/[A-Za-z]/.test(word) || !/[\u0400-\u04ff]/.test(word)) return word
  const latin = [...word].map((c) => LATIN[c] ?? c).join('')
  return /[\u0400-\u04ff]/.test(latin) ? word : latin
}
