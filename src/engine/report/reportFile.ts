import type { PartedRow } from '../../sheet/write/cellInput.ts'
import type { ColumnSpec } from '../../sheet/write/sheetSpec.ts'
import type { ReportContent } from './content.ts'

/** The IMEIs behind the figures, read while they are written. */
export interface DetailRows {
  readonly columns: readonly ColumnSpec[]
  rows(): Iterable<PartedRow> | AsyncIterable<PartedRow>
}

export interface WriteReport {
  readonly path: string
  readonly content: ReportContent
  readonly details: DetailRows | null
  readonly separator: ',' | ';' | '\t'
  readonly signal: AbortSignal
  /** Signature of a text by the desk, base64url. */
  sign(text: string): string
}

/** The first cell of each machine-readable line of a file, in every language. */
export const MARKS = { proof: 'tamga-proof', record: 'tamga-record', seal: 'tamga-seal' } as const

export const numberFormat = (decimals: number): string => (decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`)

/** Cells of the figures as every tabular format has them: label, code, measures, share. */
export function* figureRows(content: ReportContent): Generator<(string | number | null)[]> {
  const share = (value: number | null): number[] => (content.adds ? [value ?? 0] : [])
  for (const row of content.rows) yield [row.label, row.key, ...row.values, ...share(row.share)]
  yield [content.text('total'), 'total', ...content.totals, ...share((content.totals[0] ?? 0) === 0 ? 0 : 1)]
}

export const figureHeader = (content: ReportContent): string[] => [
  content.groupHeading,
  content.text('code'),
  ...content.measures.map(({ label }) => label),
  ...(content.adds ? [content.text('share')] : []),
]

/** What a file says about itself in words. */
export const aboutRows = (content: ReportContent): [label: string, value: string][] => [
  [content.title, content.definition],
  ...content.provenance.map(({ label, value }): [string, string] => [label, value]),
  [MARKS.proof, content.proof],
  [MARKS.record, content.record],
]
