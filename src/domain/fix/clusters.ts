/** A spelling and in how many rows it stands. */
export interface Spelling {
  readonly text: string
  readonly rows: number
}

/** Spellings that most likely mean the same, the most frequent first: that one is proposed. */
export interface Cluster {
  readonly to: string
  readonly spellings: readonly Spelling[]
}

/** Letters that look or sound alike in names of brands, written the Latin way. */
const LIKE: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', е: 'e', ё: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i',
} // biome-ignore format: one line reads as the table it is

/** Name without what people write differently: case, accents, marks, spaces, alphabet, repeated letters, legal form in front. */
export function spellingKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[«»"'“”„]/g, ' ')
    .replace(/^\s*(?:тоо|жшс|ип|жк|ао|ооо|llp|llc|ltd|inc)(?=[\s.])/, '')
    .replace(/\p{L}/gu, (c) => LIKE[c] ?? c)
    .replace(/[^\p{L}\p{N}+]/gu, '')
    .replace(/(\p{L})\1+/gu, '$1')
}

const LONG_ENOUGH = 5

/** True for words that one slip of a finger parts: a letter more, fewer, other, or two swapped. Digits must agree: they part models. */
function oneSlip(a: string, b: string): boolean {
  if (a.length < LONG_ENOUGH || b.length < LONG_ENOUGH || Math.abs(a.length - b.length) > 1) return false
  if (a.replace(/[^\d+]/g, '') !== b.replace(/[^\d+]/g, '')) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  const restA = a.slice(i)
  const restB = b.slice(i)
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}

/** So many different keys are held against each other for slips; a file with more of them has its spellings merged by key only. */
const COMPARED = 1500

/**
 * Clusters of spellings (several that mean one), the largest first. Keys that are equal belong together; of those that one slip parts the
 * rare one joins the frequent one, where it is at least five times as frequent.
 */
export function clusters(spellings: Iterable<Spelling>): Cluster[] {
  const byKey = new Map<string, Spelling[]>()
  for (const spelling of spellings) {
    const key = spellingKey(spelling.text)
    if (key === '') continue
    const there = byKey.get(key)
    if (there) there.push(spelling)
    else byKey.set(key, [spelling])
  }
  const rowsOf = (list: readonly Spelling[]): number => list.reduce((n, s) => n + s.rows, 0)
  const groups = [...byKey].map(([key, list]) => ({ key, list, rows: rowsOf(list) })).sort((a, b) => b.rows - a.rows)
  if (groups.length <= COMPARED)
    for (let i = groups.length - 1; i > 0; i--) {
      const rare = groups[i] as (typeof groups)[number]
      const home = groups.slice(0, i).find((g) => g.rows >= rare.rows * 5 && oneSlip(g.key, rare.key))
      if (!home) continue
      home.list.push(...rare.list)
      groups.splice(i, 1)
    }
  return groups
    .filter(({ list }) => list.length > 1)
    .map(({ list }) => {
      const sorted = [...list].sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1))
      return { to: (sorted[0] as Spelling).text, spellings: sorted }
    })
    .sort((a, b) => rowsOf(b.spellings) - rowsOf(a.spellings))
}
