import type { Imei14, IsoDate, Operator } from './fact.ts'
import { imei14Text, imei15Text } from './imei.ts'
import type { Listing } from './listing.ts'

/** Lists that operators get: to block, to warn, and who keeps his service although his IMEI is blocked for others. */
export const FILE_LISTS = ['black', 'grey', 'exceptions'] as const
export type FileList = (typeof FILE_LISTS)[number]

/** What an entry of a change says: it came, it went, or something about it is another now. */
export const FILE_ACTIONS = ['blocked', 'unblocked', 'changed'] as const
export type FileAction = (typeof FILE_ACTIONS)[number]

/** One entry of a list; subscriber only in `exceptions`, deadline only in `grey`. */
export interface FileRow {
  readonly imei14: Imei14
  readonly reason: string
  readonly since: IsoDate
  readonly deadline: IsoDate | null
  readonly imsi: string
  readonly msisdn: string
}
export type ChangeRow = FileRow & { readonly action: FileAction }

export const FILE_FIELDS = ['imei', 'action', 'reason', 'since', 'deadline', 'imsi', 'msisdn'] as const
export type FileField = (typeof FILE_FIELDS)[number]

/** How one operator's EIR wants its files. */
export interface OperatorTemplate {
  readonly columns: { readonly [L in FileList]: readonly { readonly field: FileField; readonly header: string }[] }
  /** First 14 digits, or 15 with the check digit. */
  readonly digits: 14 | 15
  readonly delimiter: ',' | ';' | '\t' | '|'
  readonly encoding: 'utf-8' | 'utf-16le' | 'windows-1251'
  readonly bom: boolean
  readonly lineEnd: 'lf' | 'crlf'
  readonly header: boolean
  /** Their words for our codes of action and reason; what is not named stays as it is. */
  readonly codes: Readonly<Record<string, string>>
}

const columns = (...fields: FileField[]) => fields.map((field) => ({ field, header: field }))

/** Until an operator's own is set. */
export const STANDARD_TEMPLATE: OperatorTemplate = {
  columns: {
    black: columns('imei', 'reason', 'since'),
    grey: columns('imei', 'since', 'deadline'),
    exceptions: columns('imei', 'imsi', 'msisdn', 'since'),
  },
  digits: 15,
  delimiter: ',',
  encoding: 'utf-8',
  bom: false,
  lineEnd: 'lf',
  header: true,
  codes: {},
}

/** What tells entries of a list apart: the IMEI, in `exceptions` with its subscriber. */
export const rowKey = (row: FileRow): string => `${row.imei14}/${row.imsi}`

const sameRow = (a: FileRow, b: FileRow): boolean =>
  a.reason === b.reason && a.since === b.since && a.deadline === b.deadline && a.msisdn === b.msisdn

/** The entry of a listing on a list; null when it is not on it. */
export const rowOfListing = (imei14: Imei14, l: Listing, list: 'black' | 'grey'): FileRow | null =>
  l.list === list
    ? { imei14, reason: l.reason ?? '', since: l.since ?? '', deadline: l.deadline, imsi: '', msisdn: '' }
    : null

/** The change from one state of an entry to another; null when nothing is to be told. */
export function changeOf(before: FileRow | null, after: FileRow | null): ChangeRow | null {
  if (after === null) return before === null ? null : { ...before, action: 'unblocked' }
  if (before === null) return { ...after, action: 'blocked' }
  return sameRow(before, after) ? null : { ...after, action: 'changed' }
}

/** A full list with a change applied to it, as an operator does it. */
export function appliedChange(full: readonly FileRow[], change: readonly ChangeRow[]): FileRow[] {
  const rows = new Map(full.map((row) => [rowKey(row), row]))
  for (const { action, ...row } of change) {
    if (action === 'unblocked') rows.delete(rowKey(row))
    else rows.set(rowKey(row), row)
  }
  return [...rows.values()].sort((a, b) => a.imei14 - b.imei14 || (a.imsi < b.imsi ? -1 : 1))
}

/** Column names of a file; a change names the action behind the IMEI where the template has no place for it. */
export function fileColumns(template: OperatorTemplate, list: FileList, kind: 'full' | 'delta') {
  const own = template.columns[list]
  if (kind === 'full' || own.some((column) => column.field === 'action')) return own
  const at = own.findIndex((column) => column.field === 'imei') + 1
  return [...own.slice(0, at), { field: 'action', header: 'action' } as const, ...own.slice(at)]
}

/** The cells of an entry in the template's order and words. */
export function fileCells(
  row: FileRow & { readonly action?: FileAction },
  fields: readonly { readonly field: FileField }[],
  template: OperatorTemplate,
): string[] {
  const word = (code: string): string => template.codes[code] ?? code
  return fields.map(({ field }) => {
    if (field === 'imei') return template.digits === 14 ? imei14Text(row.imei14) : imei15Text(row.imei14)
    if (field === 'action') return word(row.action ?? 'blocked')
    return field === 'reason' ? word(row.reason) : (row[field] ?? '')
  })
}

/** Name of a file without its ending: what receipts refer to. */
export const operatorFileName = (operator: Operator, list: FileList, base: number | null, seq: number): string => {
  const number = (n: number): string => String(n).padStart(9, '0')
  return `${operator}-${list}-${base === null ? 'full' : `delta-${number(base)}`}-${number(seq)}`
}
