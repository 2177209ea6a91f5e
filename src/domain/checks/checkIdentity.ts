import { parseIdentity } from '../identity.ts'
import type { BatchField } from './batchField.ts'
import { type Finding, finding } from './finding.ts'
import { type RowCells, written } from './rowCells.ts'

/** The BIN or IIN in a cell, 12 digits; null where there is none or a wrong one. */
export function checkIdentity(row: RowCells, field: BatchField, findings: Finding[]): string | null {
  const kind = row.kind(field)
  const text = row.text(field)
  if (kind === 'error' || kind === 'uncalculated') {
    findings.push(finding('cell-error', field, text))
    return null
  }
  const parsed = parseIdentity({ kind: kind === 'number' ? 'number' : 'text', text: written(row, field) })
  if (!parsed.ok) {
    findings.push(finding(parsed.fault, field, text, { digits: parsed.digits.length }))
    return null
  }
  for (const note of parsed.identity.notes) findings.push(finding(note, field, text, { read: parsed.identity.digits }))
  return parsed.identity.digits
}
