import { isUnionDocument, parseDeclaration } from '../declaration.ts'
import type { IsoDate } from '../fact.ts'
import { type Finding, finding } from './finding.ts'
import { type RowCells, written } from './rowCells.ts'

export interface Declared {
  readonly number: string
  readonly line: string
  /** The date the number itself carries. */
  readonly date: IsoDate | null
}

/**
 * The declaration of a row: number of a ДТ, or the paper of an import from the Economic Union, which has none. Its form only warns:
 * what counts is that the IMEI was declared.
 */
export function checkDeclaration(row: RowCells, findings: Finding[]): Declared {
  const text = written(row, 'declaration')
  const line = written(row, 'line')
  const other = written(row, 'document')
  if (text === '') {
    if (other === '') findings.push(finding('declaration-missing', 'declaration'))
    return { number: other, line, date: null }
  }
  const parsed = parseDeclaration(text)
  if (parsed) {
    if (parsed.date === null) findings.push(finding('declaration-form', 'declaration', text))
    return { number: parsed.number, line: line === '' ? (parsed.line ?? '') : line, date: parsed.date }
  }
  if (!isUnionDocument(text)) findings.push(finding('declaration-form', 'declaration', text))
  return { number: text, line, date: null }
}
