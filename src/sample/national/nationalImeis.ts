import type { Imei14 } from '../../domain/fact.ts'
import { TAC_TABLE } from '../devices.ts'
import { Random } from '../random.ts'
import type { SampleFact, SampleTac } from '../shape.ts'

/** Groups of IMEIs by what made their list, with their shares of it. */
const GROUPS = {
  black: [
    ['old-kcell', 0.42],
    ['old-beeline', 0.27],
    ['old-tele2', 0.21],
    ['stolen', 0.05],
    ['gsma', 0.02],
    ['counterfeit', 0.015],
    ['illegal', 0.015],
  ],
  grey: [
    ['new-kcell', 0.45],
    ['new-beeline', 0.3],
    ['new-tele2', 0.25],
  ],
  white: [
    ['legacy', 0.7],
    ['customs', 0.25],
    ['manufacturer', 0.05],
  ],
} as const satisfies Record<string, readonly (readonly [string, number])[]>

const NAMES: readonly string[] = [...GROUPS.black, ...GROUPS.grey, ...GROUPS.white].map(([name]) => name)

const FIRST_TAC = 86_980_000
const TACS = 400

/** All IMEIs of the national sample in ascending order; which group each belongs to is drawn once, exact in number per list. */
export class NationalImeis {
  readonly #groups: Uint8Array
  readonly #perTac: number
  readonly #seed: number

  constructor(seed: number, counts: { readonly black: number; readonly grey: number; readonly white: number }) {
    const total = counts.black + counts.grey + counts.white
    this.#seed = new Random(seed, 'serials').next()
    this.#perTac = Math.ceil(total / TACS)
    if (this.#perTac > 1_000_000) throw new Error(`${total} IMEIs do not fit the sample's TACs`)
    this.#groups = assign(new Random(seed, 'national'), counts, total)
  }

  /** Number of IMEIs in these groups. */
  count(groups: readonly string[]): number {
    const wanted = numbers(groups)
    let n = 0
    for (const g of this.#groups) n += wanted[g] as number
    return n
  }

  /** The IMEIs of these groups in ascending order, each with one of `docs` documents. */
  *rows(groups: readonly string[], docs: number): Generator<SampleFact> {
    const wanted = numbers(groups)
    for (let i = 0; i < this.#groups.length; i++)
      if (wanted[this.#groups[i] as number] === 1)
        yield { imei14: this.#imei(i), doc: mix(i + 17, this.#seed) % docs, next: 0 }
  }

  tacTable(): readonly SampleTac[] {
    const tacs = Array.from({ length: TACS }, (_, i) => {
      const like = TAC_TABLE[i % TAC_TABLE.length]
      return { tac: FIRST_TAC + i, brand: like?.brand ?? 'Sample', model: `Sample ${i + 1}`, data: { note: 'SAMPLE' } }
    })
    return [...TAC_TABLE, ...tacs].sort((a, b) => a.tac - b.tac)
  }

  /** Serial numbers spread evenly over the TAC, each somewhere in its own slot. */
  #imei(i: number): Imei14 {
    const tac = Math.floor(i / this.#perTac)
    const width = 1_000_000 / this.#perTac
    const within = Math.floor((mix(i, this.#seed) / 4_294_967_296) * Math.floor(width))
    return (FIRST_TAC + tac) * 1_000_000 + Math.floor((i % this.#perTac) * width) + within
  }
}

/** One flag a group number. */
function numbers(groups: readonly string[]): Uint8Array {
  const flags = new Uint8Array(NAMES.length)
  for (const name of groups) flags[NAMES.indexOf(name)] = 1
  return flags
}

/** Draws lists without replacement, so that their sizes are exact, then a group of the list by its share. */
function assign(
  random: Random,
  counts: { readonly black: number; readonly grey: number; readonly white: number },
  total: number,
): Uint8Array {
  const groups = new Uint8Array(total)
  let { black, grey } = counts
  for (let i = 0; i < total; i++) {
    const left = total - i
    const drawn = random.unit() * left
    const list = drawn < black ? 'black' : drawn < black + grey ? 'grey' : 'white'
    if (list === 'black') black--
    else if (list === 'grey') grey--
    groups[i] = groupIn(list, random.unit())
  }
  return groups
}

function groupIn(list: keyof typeof GROUPS, drawn: number): number {
  let above = 0
  for (const [name, share] of GROUPS[list]) {
    above += share
    if (drawn < above) return NAMES.indexOf(name)
  }
  return NAMES.indexOf(GROUPS[list][0][0])
}

/** A 32-bit number that depends on `i` and the seed only. */
function mix(i: number, seed: number): number {
  let h = (Math.imul(i, 0x9e3779b1) ^ seed) >>> 0
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
