import type { BatchField } from '../checks/batchField.ts'
import { checkDate } from '../checks/checkDate.ts'
import { checkImeis, imeiFields } from '../checks/checkImeis.ts'
import { type Finding, finding } from '../checks/finding.ts'
import { type RowCells, written } from '../checks/rowCells.ts'
import type { FactOp, Imei14 } from '../fact.ts'
import { docData, type JudgeContext, type JudgedRow, type RowJudge, type SharedPart, SharedParts } from './judge.ts'

const SHARED: readonly BatchField[] = ['date', 'change', 'report', 'brand', 'model', 'country', 'note']

/** A row of a list of IMEIs: stolen and recovered, counterfeit, GSMA, legacy register. */
export function listedJudge(c: JudgeContext): RowJudge {
  const columns = imeiFields(c.mapped)
  const shared = new SharedParts(
    SHARED.filter((f) => c.mapped.has(f)),
    (row) => judgeReport(row, c),
  )
  const imeis: Imei14[] = []
  const findings: Finding[] = []
  return {
    judge(row): JudgedRow {
      findings.length = 0
      checkImeis(row, columns, c.tacs, true, imeis, findings)
      const part = shared.of(row)
      for (const f of part.findings) findings.push(f)
      return { imeis, findings, doc: part.doc }
    },
  }
}

function judgeReport(row: RowCells, c: JudgeContext): SharedPart {
  const findings: Finding[] = []
  const date = checkDate(row, 'date', c.today, c.date1904, findings)
  const change = written(row, 'change')
  const op = change === '' ? 'add' : parseChange(change)
  if (op === null) findings.push(finding('change-unknown', 'change', change))
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

const ADDS =
  /^(?:add(?:ed)?|update[d]?|new|insert|i|a|u|\+|1|block(?:ed)?|stolen|lost|listed|blacklist(?:ed)?|добав\p{L}*|включ\p{L}*|внес\p{L}*|измен\p{L}*|нов\p{L}*|украден\p{L}*|похищен\p{L}*|утерян\p{L}*|утрачен\p{L}*|в розыске|розыск|блок\p{L}*|қос\p{L}*|ұрлан\p{L}*|жоғал\p{L}*|іздеу\p{L}*|бұғат\p{L}*)$/iu
const REMOVES =
  /^(?:remove[d]?|delete[d]?|del|d|r|-|−|0|unblock(?:ed)?|found|recovered|delisted|whitelist(?:ed)?|удал\p{L}*|исключ\p{L}*|снят\p{L}*|найден\p{L}*|возвращ\p{L}*|разблок\p{L}*|прекращ\p{L}*|жой\p{L}*|алып таста\p{L}*|табыл\p{L}*|қайтарыл\p{L}*|алын\p{L}*)$/iu

/** What a delta list says of a row: add (also update) or remove; null where it is neither. */
export const parseChange = (text: string): FactOp | null =>
  ADDS.test(text.trim()) ? 'add' : REMOVES.test(text.trim()) ? 'remove' : null
