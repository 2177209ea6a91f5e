import type { ImportKind } from '../batch.ts'
import type { BatchField } from '../checks/batchField.ts'
import type { Finding } from '../checks/finding.ts'
import type { RowCellKind, RowCells } from '../checks/rowCells.ts'
import type { FactOp, Imei14, IsoDate, Network } from '../fact.ts'
import type { TacTable } from '../imei.ts'
import { KnownParts } from './knownParts.ts'

/** What the checks of a file depend on besides its cells. */
export interface JudgeContext {
  readonly kind: ImportKind
  readonly mapped: ReadonlySet<BatchField>
  /** Business date: later dates are in the future; also the date of facts in lists that give none. */
  readonly today: IsoDate
  readonly date1904: boolean
  readonly tacs: TacTable
}

/** What the IMEIs of one or many rows were reported in. Rows that say the same may share one object. */
export interface RowDoc {
  readonly op: FactOp
  readonly date: IsoDate
  readonly network: Network | null
  /** JSON with its keys always in the same order, so that the same content has the same text. */
  readonly data: string
  /** Declared number of devices, 0 where nothing is declared. */
  readonly quantity: number
}

export interface Crossing {
  readonly person: string
  readonly date: IsoDate
  readonly direction: 'entry' | 'exit'
  readonly document: string
  readonly point: string
}

/** An operator's row as it was observed: it goes to the registry and to no other desk. */
export interface Observation {
  readonly day: IsoDate
  readonly imsi: string | null
  readonly msisdn: string | null
  readonly rat: string | null
  readonly network: Network
  readonly region: string | null
}

export interface TacRow {
  readonly tac: number
  readonly brand: string
  readonly model: string
  readonly data: string
}

/**
 * Judges row after row of one file. A judged row and its arrays are used again for the next one: take what you keep.
 * Whether a finding rejects the row is for `levelOf(kind, code)` to say, under the policy.
 */
export interface RowJudge {
  judge(row: RowCells): JudgedRow
}

export interface JudgedRow {
  /** Keys of the device's IMEIs, distinct; empty for TAC and border rows. */
  readonly imeis: readonly Imei14[]
  readonly findings: readonly Finding[]
  /** Null where the row is no fact about IMEIs or has no usable date. */
  readonly doc: RowDoc | null
  readonly tac?: TacRow | null
  readonly crossing?: Crossing | null
  readonly observation?: Observation | null
  /** An observation of a SIM or a number that is not of Kazakhstan. */
  readonly outOfRegion?: boolean
}

/** What the shared part of rows (everything but the device) was judged to be. */
export interface SharedPart {
  readonly doc: RowDoc | null
  readonly findings: readonly Finding[]
}

/**
 * Remembers the judgement of the cells that many rows have in common (declaration, importer, goods), so that each is checked once.
 */
export class SharedParts {
  readonly #fields: readonly BatchField[]
  readonly #judge: (row: RowCells) => SharedPart
  readonly #everyRow: boolean
  readonly #known = new KnownParts()
  #last: SharedPart | null = null
  readonly #lastTexts: string[] = []
  readonly #lastKinds: RowCellKind[] = []

  /** @param everyRow whether every row is asked about, so that the row before is also the one asked about last */
  constructor(fields: readonly BatchField[], judge: (row: RowCells) => SharedPart, everyRow = false) {
    this.#fields = fields
    this.#everyRow = everyRow
    this.#judge = judge
  }

  of(row: RowCells): SharedPart {
    // rows of one declaration follow each other: mostly nothing has changed
    if (this.#last !== null && this.#everyRow && row.areRepeated?.(this.#fields)) return this.#last
    const same = this.#takeOver(row)
    if (this.#last !== null && same) return this.#last
    this.#last = this.#lookUp(row)
    return this.#last
  }

  /** Takes over the texts of a row; answers whether they are those of the row before. */
  #takeOver(row: RowCells): boolean {
    let same = true
    for (let i = 0; i < this.#fields.length; i++) {
      const field = this.#fields[i] as BatchField
      const text = row.text(field)
      const kind = row.kind(field)
      if (text === this.#lastTexts[i] && kind === this.#lastKinds[i]) continue
      this.#lastTexts[i] = text
      this.#lastKinds[i] = kind
      same = false
    }
    return same
  }

  #lookUp(row: RowCells): SharedPart {
    let signature = ''
    for (let i = 0; i < this.#fields.length; i++) {
      const kind = this.#lastKinds[i]
      if (kind !== 'empty') signature += kind === 'text' ? this.#lastTexts[i] : `\u0001${kind}${this.#lastTexts[i]}`
      signature += '\u0000'
    }
    let part = this.#known.get(signature)
    if (part === undefined) {
      part = this.#judge(row)
      this.#known.set(signature, part)
    }
    return part
  }
}

/** JSON of what is there, in the order given. */
export function docData(entries: readonly (readonly [string, string | number | null])[]): string {
  let json = ''
  for (const [name, value] of entries) {
    if (value === null || value === '') continue
    const text = typeof value === 'string' && PLAIN.test(value) ? `"${value}"` : JSON.stringify(value)
    json += `${json === '' ? '{' : ','}"${name}":${text}`
  }
  return json === '' ? '{}' : `${json}}`
}

/** Text that stands in JSON as it is: without quotes, backslashes, control characters and halves of pairs. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/
