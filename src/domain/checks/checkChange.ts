import { parseChange } from '../changeType.ts'
import type { FactOp } from '../fact.ts'
import { type Finding, finding } from './finding.ts'
import type { RowCells } from './rowCells.ts'

/** What a delta list says of a row: `add` (also update, and where nothing is said) or `remove`; null and a finding where it is neither. */
export function checkChange(row: RowCells, findings: Finding[]): FactOp | null {
  const change = row.text('change').trim()
  if (change === '') return 'add'
  const op = parseChange(change)
  if (op === null) findings.push(finding('change-unknown', 'change', change))
  return op
}
