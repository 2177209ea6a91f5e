/** Names of brands and models as people write them in declarations, receipts and tables. */

/** Letters that look alike in Cyrillic and Latin: names in papers and tables mix them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x',
} // biome-ignore format: pairs read best in lines

/** A name for comparing: small letters of one alphabet, no spaces, no signs. */
export const plainName = (text: string | null | undefined): string =>
  [...(text ?? '').toLowerCase()]
    .map((c) => LOOKALIKES[c] ?? c)
    .join('')
    .replaceAll(/[^\p{L}\p{N}+]/gu, '')

const withoutMemory = (model: string): string =>
  model.replaceAll(/\([^)]*\)|\b\d+\s*(?:gb|tb|гб|тб)(?![\p{L}])|\b\d{1,2}\s*\/\s*\d{2,4}\b/giu, ' ')

/** A model without what stands beside it: codes in brackets, the size of the memory, the brand before it. */
export function bareModel(model: string | null | undefined, brand: string): string {
  const text = plainName(withoutMemory(model ?? ''))
  return brand !== '' && text.startsWith(brand) && text !== brand ? text.slice(brand.length) : text
}

/** Names under which one maker sells or is declared; the first is the one it is known by. */
const MAKERS: readonly (readonly string[])[] = [
  ['samsung', 'самсунг'],
  ['xiaomi', 'сяоми', 'ксиаоми', 'ксяоми', 'redmi', 'poco', 'mi', 'black shark'],
  ['apple', 'эпл', 'эппл', 'айфон', 'iphone', 'ipad'],
  ['huawei', 'хуавей', 'хуавэй'],
  ['honor', 'хонор'],
  ['nokia', 'нокиа', 'hmd'],
  ['motorola', 'моторола', 'moto'],
  ['google', 'гугл', 'pixel'],
  ['realme', 'реалми'],
  ['sony', 'сони'],
  ['lg', 'лджи'],
  ['tecno', 'техно', 'текно'],
  ['infinix', 'инфиникс'],
]
const MAKER = new Map(MAKERS.flatMap((names) => names.map((name) => [plainName(name), names[0] as string] as const)))

const makerOf = (brand: string): string => MAKER.get(brand) ?? brand

/** Whether two names can mean one brand: equal, one the beginning of the other ("Samsung Electronics"), or names of one maker. */
export function isSameBrand(a: string, b: string): boolean {
  const [x, y] = [makerOf(plainName(a)), makerOf(plainName(b))]
  if (x === y) return true
  const [short, long] = x.length < y.length ? [x, y] : [y, x]
  return short.length >= 3 && long.startsWith(short)
}

const wordsOf = (model: string): readonly string[] =>
  withoutMemory(model)
    .split(/[^\p{L}\p{N}+]+/u)
    .map(plainName)
    .filter((w) => w !== '')

/**
 * Whether two names can mean one model: a word with a digit of one is found in the other ("Galaxy A51", "SM-A515F"), or, where one has
 * none, any word of it. Lenient, since a model has a code of its maker and several names in shops.
 */
export function isSameModel(a: string, b: string, brand: string): boolean {
  const maker = plainName(brand)
  const [x, y] = [bareModel(a, maker), bareModel(b, maker)]
  if (x === '' || y === '' || x.includes(y) || y.includes(x)) return true
  const [inX, inY] = [wordsOf(a), wordsOf(b)]
  const numbered = (words: readonly string[]): readonly string[] => words.filter((w) => /\d/.test(w))
  const [nx, ny] = [numbered(inX), numbered(inY)]
  if (nx.length > 0 && ny.length > 0) return nx.some((w) => y.includes(w)) || ny.some((w) => x.includes(w))
  return inX.some((w) => w.length > 2 && y.includes(w)) || inY.some((w) => w.length > 2 && x.includes(w))
}
