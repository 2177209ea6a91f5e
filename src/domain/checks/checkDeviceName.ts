import type { Imei14 } from '../fact.ts'
import { imei14Text, type TacTable, tacOf } from '../imei.ts'
import type { BatchField } from './batchField.ts'
import { type Finding, finding } from './finding.ts'
import { type RowCells, written } from './rowCells.ts'
import { brandDiffers } from './rules/tacBrand.ts'
import { modelDiffers } from './rules/tacModel.ts'

const NAME: readonly BatchField[] = ['brand', 'model']

/** Holds brand and model of a row against the TAC table; rows of one kind of device follow each other, so it is mostly done already. */
export class DeviceNameCheck {
  readonly #tacs: TacTable
  #tac = -1
  #brand = ''
  #model = ''
  #found: Finding | null = null

  constructor(tacs: TacTable) {
    this.#tacs = tacs
  }

  check(row: RowCells, imeis: readonly Imei14[], findings: Finding[]): void {
    const first = imeis[0]
    if (this.#tacs.empty) return
    const tac = first === undefined ? -1 : tacOf(first)
    const repeated = tac === this.#tac && row.areRepeated?.(NAME) === true
    if (!repeated) this.#look(row, tac, first)
    if (this.#found) findings.push(this.#found)
  }

  #look(row: RowCells, tac: number, first: Imei14 | undefined): void {
    const [brand, model] = [row.text('brand'), row.text('model')]
    if (tac === this.#tac && brand === this.#brand && model === this.#model) return
    this.#tac = tac
    this.#brand = brand
    this.#model = model
    this.#found = first === undefined ? null : this.#compare(row, first)
  }

  #compare(row: RowCells, first: Imei14): Finding | null {
    const known = this.#tacs.deviceOf?.(this.#tac)
    if (!known) return null
    const details = { tac: imei14Text(first).slice(0, 8), brand: known.brand, model: known.model }
    if (brandDiffers(written(row, 'brand'), known)) return finding('tac-brand', 'brand', this.#brand, details)
    return modelDiffers(written(row, 'model'), known) ? finding('tac-model', 'model', this.#model, details) : null
  }
}
