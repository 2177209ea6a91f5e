import type { ReactNode } from 'react'

/** A column of a grid. */
export interface GridColumn<Row> {
  readonly name: string
  readonly label: string
  /** What the cell says as text: shown, copied, edited. */
  readonly value: (row: Row) => string | number | null
  /** Shown instead of the text. */
  readonly cell?: (row: Row) => ReactNode
  /** A class for the cell, for marks that are shape and colour both. */
  readonly mark?: (row: Row) => string | undefined
  readonly width?: number
  readonly right?: boolean
  /** Stays at the left when the others scroll. */
  readonly pinned?: boolean
  readonly sortable?: boolean
  readonly editable?: boolean
}

/** Rows wanted: places from `start` to before `end`, in this order. */
export interface GridAsk {
  readonly start: number
  readonly end: number
  readonly sort: { readonly column: string; readonly descending: boolean } | null
}

export interface GridRows<Row> {
  readonly rows: readonly Row[]
  /** How many rows there are in all; null while unknown. */
  readonly total: number | null
}

/** A block of cells as spreadsheet programs copy it: lines of cells, `rows` those it falls upon, beginning at `column`. */
export interface PastedBlock<Row> {
  readonly rows: readonly Row[]
  readonly column: string
  readonly cells: readonly (readonly string[])[]
}
