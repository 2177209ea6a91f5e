import type { BatchField } from '../checks/batchField.ts'
import { checkChange } from '../checks/checkChange.ts'
import { checkDate } from '../checks/checkDate.ts'
import { checkDeclaration } from '../checks/checkDeclaration.ts'
import { checkHs, checkQuantity } from '../checks/checkGoods.ts'
import { checkIdentity } from '../checks/checkIdentity.ts'
import { type Finding, finding } from '../checks/finding.ts'
import { type RowCells, written } from '../checks/rowCells.ts'
import type { IsoDate } from '../fact.ts'
import { deviceJudge } from './deviceJudge.ts'
import { docData, type JudgeContext, type RowJudge, type SharedPart } from './judge.ts'

const SHARED: readonly BatchField[] = [
  'declaration',
  'line',
  'declarationDate',
  'document',
  'bin',
  'importer',
  'brand',
  'model',
  'hs',
  'quantity',
  'country',
  'change',
]

/** A line of a customs declaration with the IMEIs of one device. */
export function customsJudge(c: JudgeContext): RowJudge {
  return deviceJudge(c, SHARED, (row) => judgeDeclared(row, c))
}

function judgeDeclared(row: RowCells, c: JudgeContext): SharedPart {
  const findings: Finding[] = []
  const declared = checkDeclaration(row, findings)
  const date = declaredOn(row, declared.date, c, findings)
  const bin = c.mapped.has('bin') ? checkIdentity(row, 'bin', findings) : null
  const hs = checkHs(row, findings)
  const quantity = checkQuantity(row, findings)
  const op = checkChange(row, findings)
  if (date === null || op === null) return { doc: null, findings }
  const data = docData([
    ['declaration', declared.number],
    ['line', declared.line],
    ['bin', bin],
    ['importer', written(row, 'importer')],
    ['brand', written(row, 'brand')],
    ['model', written(row, 'model')],
    ['hs', hs],
    ['country', written(row, 'country')],
    ['quantity', quantity || null],
  ])
  return { doc: { op, date, network: null, data, quantity: op === 'add' ? quantity : 0 }, findings }
}

/** The column's date, else the one the declaration's number carries. The two should agree. */
function declaredOn(row: RowCells, inNumber: IsoDate | null, c: JudgeContext, findings: Finding[]): IsoDate | null {
  const before = findings.length
  const date = checkDate(row, 'declarationDate', c.today, c.date1904, findings)
  const wrong = findings.slice(before).some((f) => f.code !== 'date-short-year')
  if (wrong) return null
  if (date === null && inNumber === null) {
    findings.push(finding('date-missing', 'declarationDate'))
    return null
  }
  if (date === null && inNumber !== null && inNumber > c.today) {
    findings.push(
      finding('date-future', 'declaration', written(row, 'declaration'), { read: inNumber, today: c.today }),
    )
    return null
  }
  if (date !== null && inNumber !== null && date !== inNumber)
    findings.push(finding('date-mismatch', 'declarationDate', row.text('declarationDate'), { date, number: inNumber }))
  return date ?? inNumber
}
