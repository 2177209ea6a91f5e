import type { BatchField } from '../checks/batchField.ts'
import { checkDate } from '../checks/checkDate.ts'
import { type Finding, finding } from '../checks/finding.ts'
import { type RowCells, written } from '../checks/rowCells.ts'
import type { FactOp } from '../fact.ts'
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
  const change = row.text('change').trim()
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

/** Codes, and beginnings of the words senders use; a beginning says it in all its endings. */
const SHORT: Readonly<Record<string, FactOp>> = {
  a: 'add',
  i: 'add',
  u: 'add',
  '+': 'add',
  '1': 'add',
  d: 'remove',
  r: 'remove',
  '-': 'remove',
  '−': 'remove',
  '0': 'remove',
}
const REMOVING =
  'remov delet unblock found recover delist whitelist удал исключ снят найден возвра разблок прекращ жой алып алын табыл қайтар'
const ADDING =
  'add updat new insert block stolen lost listed blacklist добав включ внес внёс измен обнов нов украд похищ утер утра розыск қос ұрлан жоғал ізде бұғат жаңа'

const begins = (words: string, text: string): boolean => words.split(' ').some((w) => text.startsWith(w))

/** What a delta list says of a row: add (also update) or remove; null where it is neither. */
export function parseChange(text: string): FactOp | null {
  const plain = text.trim().toLowerCase().replace(/^в\s+/, '')
  return SHORT[plain] ?? (begins(REMOVING, plain) ? 'remove' : begins(ADDING, plain) ? 'add' : null)
}
