import { parseDate } from '../cellDate.ts'
import type { IsoDate } from '../fact.ts'
import type { BatchField } from './batchField.ts'
import { type Finding, finding } from './finding.ts'
import { type RowCells, written } from './rowCells.ts'

/**
 * The date in a cell: null and a finding where it is impossible, unreadable or in the future; null without a finding where the cell
 * is empty (what that means depends on the kind of list).
 */
export function checkDate(
  row: RowCells,
  field: BatchField,
  today: IsoDate,
  date1904: boolean,
  findings: Finding[],
): IsoDate | null {
  const kind = row.kind(field)
  if (kind === 'empty') return null
  const text = row.text(field)
  if (kind === 'error' || kind === 'uncalculated') {
    findings.push(finding('cell-error', field, text))
    return null
  }
  if (written(row, field) === '') return null
  const parsed = parseDate({ kind: kind === 'bool' ? 'text' : kind, text, iso: row.iso(field) }, date1904)
  if (!parsed.ok) {
    if (parsed.fault !== 'date-missing') findings.push(finding(parsed.fault, field, text))
    return null
  }
  if (parsed.note) findings.push(finding(parsed.note, field, text, { read: parsed.date }))
  if (parsed.date > today) {
    findings.push(finding('date-future', field, text, { read: parsed.date, today }))
    return null
  }
  return parsed.date
}
