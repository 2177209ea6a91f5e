/** FNV-1a over UTF-16 code units, then a finaliser, so that alike labels start far apart. */
function hash(text: string, start: number): number {
  let h = (0x811c9dc5 ^ start) >>> 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Seeded generator (sfc32): the same seed and label give the same sequence on every machine. Not for secrets. */
export class Random {
  #a: number
  #b: number
  #c: number
  #d = 1
  readonly #name: string

  constructor(seed: number | string, label = '') {
    this.#name = `${seed}/${label}`
    this.#a = hash(this.#name, 1)
    this.#b = hash(this.#name, 2)
    this.#c = hash(this.#name, 3)
    for (let i = 0; i < 12; i++) this.next()
  }

  /** A generator of its own for one part, so that parts do not shift each other's numbers. */
  fork(label: string): Random {
    return new Random(this.#name, label)
  }

  /** Next 32-bit unsigned integer. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** Real number in [0, 1). */
  unit(): number {
    return this.next() / 4294967296
  }

  /** Integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.unit() * n)
  }

  /** Integer in [from, to], both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1)
  }

  chance(share: number): boolean {
    return this.unit() < share
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  /** `count` random decimal digits. */
  digits(count: number): string {
    let text = ''
    while (text.length < count) text += String(this.below(10))
    return text
  }
}
