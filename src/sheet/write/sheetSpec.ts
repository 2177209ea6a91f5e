import type { RowsInput } from './cellInput.ts'

export type ColumnType = 'text' | 'number' | 'date' | 'dateTime' | 'bool'

export interface ColumnSpec {
  readonly header: string
  readonly type: ColumnType
  /** In characters; by default as fits the type and the header. */
  readonly width?: number | undefined
  /** Number format as spreadsheets store it (`#,##0`, `0.0%`); by default as fits the type. */
  readonly format?: string | undefined
}

/** A file inside the workbook's package. */
export interface PackagePart {
  /** `xl/charts/chart1.xml` */
  readonly path: string
  /** Left out for relationship parts, whose type every package declares. */
  readonly contentType?: string | undefined
  readonly data: string | Uint8Array
}

export interface SheetSpec {
  readonly name: string
  readonly columns: readonly ColumnSpec[]
  readonly rows: RowsInput
  /** Charts or pictures on the sheet: the path of its drawing and all parts that belong to it, the drawing's own among them. */
  readonly drawing?: { readonly path: string; readonly parts: readonly PackagePart[] } | undefined
}
