/**
 * Names of persons across Cyrillic and Latin. Passports transliterate by ICAO Doc 9303 (part 3, section 6), older papers and shops by
 * habit; Kazakh letters have had several spellings (Қ as K or Q, Ғ as G or GH, Ә as A or AE). Both names are brought to one plain
 * spelling that forgets these differences; what is left is compared word by word.
 */

const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  ә: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  і: 'i',
  к: 'k',
  қ: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ұ: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  һ: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
}

/** Spellings that mean the same letter, in the order they are replaced. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, 'sh'],
  [/dzh|zh/g, 'j'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/ng/g, 'n'],
  [/q/g, 'k'],
  [/w/g, 'v'],
  [/x/g, 'ks'],
  [/tz/g, 'ts'],
  [/[iy](?=[aeou])/g, ''],
  [/ae|ä/g, 'a'],
  [/oe|ö/g, 'o'],
  [/ue|ü/g, 'u'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
]

/** The words of a name in plain Latin letters, without what is only spelling. */
export function nameWords(name: string): readonly string[] {
  const latin = [...name.toLowerCase().replaceAll(/\([^)]*\)/g, ' ')]
    .map((c) => LATIN[c] ?? c)
    .join('')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
  return latin
    .split(/[^a-z]+/)
    .map((word) => SAME.reduce((text, [from, to]) => text.replaceAll(from, to), word))
    .filter((word) => word !== '')
}

export type NameLikeness = 'same' | 'partly' | 'different'

/**
 * Whether two names can be one person's. `same`: every word of the shorter name is in the longer one and at least two are (a patronymic
 * may be missing, the order is free); `partly`: an initial stands for a word, or only one word is there to compare. Words of five
 * letters and more may differ by `distance` letters.
 */
export function compareNames(a: string, b: string, distance: number): NameLikeness {
  const [short, long] = [nameWords(a), nameWords(b)].sort((x, y) => x.length - y.length) as [string[], string[]]
  if (short.length === 0) return 'different'
  const left = [...long]
  let whole = 0
  for (const word of short) {
    const at = left.findIndex((other) => sameWord(word, other, distance))
    const initial = at < 0 ? left.findIndex((other) => isInitial(word, other)) : at
    if (initial < 0) return 'different'
    if (at >= 0 && word.length > 1) whole++
    left.splice(initial, 1)
  }
  if (whole === 0) return 'different'
  return whole >= 2 && whole === short.length ? 'same' : 'partly'
}

const isInitial = (a: string, b: string): boolean => (a.length === 1 || b.length === 1) && a[0] === b[0]

function sameWord(a: string, b: string, distance: number): boolean {
  if (a === b) return true
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > distance) return false
  return edits(a, b) <= distance
}

/** Letters to change, add or take away to make one word the other (Levenshtein). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]))
    row = next
  }
  return row[b.length] ?? 0
}
