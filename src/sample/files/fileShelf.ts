import type { Imei14 } from '../../domain/fact.ts'
import { type Device, type Model, SERIALS } from '../devices.ts'
import { Random } from '../random.ts'

/** Devices a TAC has room for beside those of the small sample. */
const PER_MODEL = (SERIALS.end - SERIALS.files) / 2
/** Coprime to PER_MODEL, so that stepping by it visits every device once, far from its neighbours. */
const STEP = 173_287

/** Hands out devices for one file, none twice, without remembering them: each model steps through its own range. */
export class FileShelf {
  readonly #start: number
  readonly #taken = new Map<number, number>()

  constructor(seed: number) {
    this.#start = new Random(seed, 'files').below(PER_MODEL)
  }

  take(model: Model): Device {
    const n = this.#taken.get(model.tac) ?? 0
    if (n >= PER_MODEL) throw new Error(`the file asks for more than ${PER_MODEL} devices of one model`)
    this.#taken.set(model.tac, n + 1)
    const serial = SERIALS.files + 2 * ((this.#start + n * STEP) % PER_MODEL)
    const first: Imei14 = model.tac * 1_000_000 + serial
    return { model, imeis: model.sims === 2 ? [first, first + 1] : [first] }
  }
}
