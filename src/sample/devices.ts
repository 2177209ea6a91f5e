import type { Imei14 } from '../domain/fact.ts'
import type { Random } from './random.ts'
import type { SampleTac } from './shape.ts'

export interface Model {
  readonly tac: number
  readonly brand: string
  readonly model: string
  readonly hs: string
  readonly priceTenge: number
  /** IMEIs of a device. */
  readonly sims: 1 | 2
}

type Row = readonly [brand: string, model: string, priceTenge: number, sims?: 1 | 2, hs?: string]

/** Brands and models are real words of the trade; the TACs are invented. */
const PHONES: readonly Row[] = [
  ['Xiaomi', 'Redmi Note 14', 109_990],
  ['Xiaomi', 'Redmi 13C', 64_990],
  ['Xiaomi', '14T', 259_990],
  ['Xiaomi', 'POCO X6 Pro', 164_990],
  ['Xiaomi', 'Redmi A3', 44_990],
  ['Huawei', 'nova 12', 199_990],
  ['Huawei', 'Pura 70', 399_990],
  ['Honor', 'X8b', 119_990],
  ['Honor', '200', 239_990],
  ['OPPO', 'A58', 94_990],
  ['OPPO', 'Reno11', 219_990],
  ['vivo', 'Y36', 99_990],
  ['vivo', 'V30', 209_990],
  ['realme', 'C67', 84_990],
  ['realme', 'GT 6', 279_990],
  ['TECNO', 'SPARK 20', 69_990],
  ['TECNO', 'CAMON 30', 134_990],
  ['Infinix', 'HOT 40', 72_990],
  ['Infinix', 'NOTE 40', 99_990],
  ['ZTE', 'Blade A73', 49_990],
  ['ZTE', 'Axon 60', 114_990],
  ['Nokia', 'G42', 84_990],
  ['Nokia', '105', 12_990, 2, '8517140000'],
  ['OnePlus', 'Nord 4', 249_990],
  ['Motorola', 'moto g54', 92_990],
  ['Lenovo', 'Tab M10', 109_990, 1, '8471300000'],
  ['TCL', '40 SE', 59_990],
  ['Blackview', 'A96', 67_990],
  ['Ulefone', 'Armor 21', 129_990],
  ['DOOGEE', 'S41', 62_990],
  ['itel', 'A70', 39_990],
  ['Huawei', 'Watch GT LTE', 129_990, 1, '8517620009'],
]
/** Only in files of importers, never in the lists of the small sample. */
const OTHER_PHONES: readonly (readonly [tac: number, ...Row])[] = [
  [35990011, 'Samsung', 'Galaxy A55', 189_990],
  [35990027, 'Samsung', 'Galaxy S24', 399_990],
  [35990033, 'Samsung', 'Galaxy A15', 89_990],
  [35990048, 'Apple', 'iPhone 15', 449_990],
  [35990054, 'Apple', 'iPhone 16 Pro', 649_990],
  [35990062, 'Google', 'Pixel 8a', 239_990],
  [1990017, 'BlackBerry', 'KEY2', 99_990, 1],
  [1990025, 'Apple', 'iPhone SE', 199_990, 1],
]

const model = (tac: number, [brand, name, priceTenge, sims = 2, hs = '8517130000']: Row): Model => ({
  tac,
  brand,
  model: name,
  hs,
  priceTenge,
  sims,
})

/** Models of the small sample: TACs 8699…, a range chosen so that they are easy to tell. */
export const MODELS: readonly Model[] = PHONES.map((row, i) => model(86990000 + i * 31 + 7, row))
export const OTHER_MODELS: readonly Model[] = OTHER_PHONES.map(([tac, ...row]) => model(tac, row))

export const TAC_TABLE: readonly SampleTac[] = [...MODELS, ...OTHER_MODELS]
  .map((m) => ({ tac: m.tac, brand: m.brand, model: m.model, data: { sims: m.sims, note: 'SAMPLE' } }))
  .sort((a, b) => a.tac - b.tac)

/** Serial numbers of each TAC by who may use them, so that a file's devices are not those of the lists already there. */
export const SERIALS = { small: 100_000, files: 200_000, end: 1_000_000 } as const

export interface Device {
  readonly model: Model
  readonly imeis: readonly Imei14[]
}

/** Hands out devices of the small sample; no IMEI twice. */
export class DeviceShelf {
  readonly #next = new Map<number, number>()
  readonly #random: Random
  #taken = 0
  constructor(random: Random) {
    this.#random = random
  }

  /** Devices handed out so far. */
  get taken(): number {
    return this.#taken
  }

  /** A new device: its model and IMEIs, as many as `sims` (default: as the model has). */
  take(of?: Model, sims?: number): Device {
    const m = of ?? this.#random.pick(MODELS)
    const count = sims ?? m.sims
    this.#taken++
    const first = (this.#next.get(m.tac) ?? SERIALS.small) + this.#random.between(1, 90)
    this.#next.set(m.tac, first + count)
    if (first + count >= SERIALS.files) throw new Error('the sample is larger than its range of serial numbers')
    return { model: m, imeis: Array.from({ length: count }, (_, i) => m.tac * 1_000_000 + first + i) }
  }
}
