import type { BatchField } from '../checks/batchField.ts'
import { checkChange } from '../checks/checkChange.ts'
import { checkDate } from '../checks/checkDate.ts'
import { type Finding, finding } from '../checks/finding.ts'
import { type RowCells, written } from '../checks/rowCells.ts'
import { deviceJudge } from './deviceJudge.ts'
import { docData, type JudgeContext, type RowJudge, type SharedPart } from './judge.ts'

const SHARED: readonly BatchField[] = ['date', 'change', 'report', 'brand', 'model', 'country', 'note']

/** A row of a list of IMEIs: stolen and recovered, counterfeit, GSMA, legacy register. */
export function listedJudge(c: JudgeContext): RowJudge {
  return deviceJudge(c, SHARED, (row) => judgeReport(row, c))
}

function judgeReport(row: RowCells, c: JudgeContext): SharedPart {
  const findings: Finding[] = []
  const date = checkDate(row, 'date', c.today, c.date1904, findings)
  const op = checkChange(row, findings)
  const unusable = findings.some((f) => f.code !== 'date-short-year')
  if (unusable || op === null) return { doc: null, findings }
  // a list without dates speaks of the day it came
  if (date === null && c.mapped.has('date')) findings.push(finding('date-today', 'date', '', { read: c.today }))
  const data = docData([
    ['brand', written(row, 'brand')],
    ['model', written(row, 'model')],
    ['country', written(row, 'country')],
    ['report', written(row, 'report')],
    ['note', written(row, 'note')],
  ])
  return { doc: { op, date: date ?? c.today, network: null, data, quantity: 0 }, findings }
}
