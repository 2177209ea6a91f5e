import type { BatchField } from '../checks/batchField.ts'
import { completeYear } from './completeYear.ts'
import { type FieldSort, sortOf } from './fieldSort.ts'
import type { CellRule } from './fixStep.ts'
import { lookalikes } from './lookalikes.ts'
import { padZero } from './padZero.ts'
import { splitNumbers } from './splitNumbers.ts'
import { strip } from './strip.ts'

/** The text a rule makes of a cell of a field; the same text where the rule has nothing to say. */
export const CELL_RULE: Readonly<Record<CellRule, (text: string, field: BatchField) => string>> = {
  strip,
  'pad-zero': padZero,
  split: splitNumbers,
  lookalikes,
  'complete-year': completeYear,
}

const RULES_OF_SORT: Readonly<Record<FieldSort, readonly CellRule[]>> = {
  imei: ['strip', 'pad-zero', 'split', 'lookalikes'],
  identity: ['strip', 'pad-zero', 'lookalikes'],
  tac: ['strip', 'pad-zero'],
  digits: ['strip'],
  date: ['strip', 'complete-year'],
  words: ['strip', 'lookalikes'],
}

/** Rules that can do something for a field. */
export const rulesOf = (field: BatchField): readonly CellRule[] => RULES_OF_SORT[sortOf(field)]
