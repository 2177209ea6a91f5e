import { checkChange } from '../checks/checkChange.ts'
import { type Finding, finding } from '../checks/finding.ts'
import { written } from '../checks/rowCells.ts'
import { docData, type JudgeContext, type JudgedRow, type RowJudge } from './judge.ts'

/** A row of a TAC table: type allocation code, brand, model. */
export function tacJudge(_c: JudgeContext): RowJudge {
  const findings: Finding[] = []
  return {
    judge(row): JudgedRow {
      findings.length = 0
      const text = written(row, 'tac')
        .replace(/\.0+$/, '')
        .replace(/[\s'’\u200b\ufeff-]/g, '')
      const number = row.kind('tac') === 'number'
      if (!(number ? /^\d{6,8}$/ : /^\d{8}$/).test(text) || /^0*$/.test(text)) {
        findings.push(finding('tac-form', 'tac', row.text('tac')))
        return { imeis: [], findings, doc: null, tac: null }
      }
      const op = checkChange(row, findings)
      if (op === 'remove') findings.push(finding('change-unsupported', 'change', row.text('change')))
      if (op !== 'add') return { imeis: [], findings, doc: null, tac: null }
      const brand = written(row, 'brand')
      const model = written(row, 'model')
      if (brand === '' && model === '') findings.push(finding('brand-missing', 'brand'))
      const tac = { tac: Number(text), brand, model, data: docData([['note', written(row, 'note')]]) }
      return { imeis: [], findings, doc: null, tac }
    },
  }
}
