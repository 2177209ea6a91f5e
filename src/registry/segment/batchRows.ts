import type { FactOp, Imei14, IsoDate, Network } from '../../domain/fact.ts'

/** What rows of a batch share. */
export interface DocRow {
  readonly no: number
  readonly op: FactOp
  readonly date: IsoDate
  readonly network: Network | null
  /** JSON text. */
  readonly data: string
}

export interface TacRow {
  readonly tac: number
  readonly brand: string
  readonly model: string
  readonly data: string
}

export interface CrossingRow {
  readonly no: number
  readonly person: string
  readonly date: IsoDate
  readonly direction: 'entry' | 'exit'
  readonly document: string
  readonly point: string
}

/** Rows of IMEIs in ascending order, column by column: a million of them are 24 MB. */
export interface FactColumns {
  readonly length: number
  readonly imei14: Float64Array
  readonly doc: Float64Array
  readonly next: Float64Array
}

/** All rows of a batch, read from its segments or made by the registry itself. */
export interface BatchRows {
  readonly docs: ReadonlyMap<number, DocRow>
  readonly facts: FactColumns
  readonly tacs: readonly TacRow[]
  readonly crossings: readonly CrossingRow[]
}

/** Columns of a few rows. */
export function factColumns(rows: readonly { imei14: Imei14; doc: number; next: Imei14 }[]): FactColumns {
  return {
    length: rows.length,
    imei14: Float64Array.from(rows, (r) => r.imei14),
    doc: Float64Array.from(rows, (r) => r.doc),
    next: Float64Array.from(rows, (r) => r.next),
  }
}
