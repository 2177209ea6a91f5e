import type { ImportKind } from '../batch.ts'
import type { CheckPolicy } from './checkPolicy.ts'
import type { FileRule } from './fileRule.ts'
import type { HistoryRule } from './historyRule.ts'
import type { CheckRule, Level } from './rule.ts'
import { brandMissing } from './rules/brandMissing.ts'
import { cellError } from './rules/cellError.ts'
import { changeUnknown } from './rules/changeUnknown.ts'
import { changeUnsupported } from './rules/changeUnsupported.ts'
import { contradiction } from './rules/contradiction.ts'
import { dateFuture } from './rules/dateFuture.ts'
import { dateImpossible } from './rules/dateImpossible.ts'
import { dateMismatch } from './rules/dateMismatch.ts'
import { dateMissing } from './rules/dateMissing.ts'
import { dateShortYear } from './rules/dateShortYear.ts'
import { dateToday } from './rules/dateToday.ts'
import { dateUnreadable } from './rules/dateUnreadable.ts'
import { declarationForm } from './rules/declarationForm.ts'
import { declarationMissing } from './rules/declarationMissing.ts'
import { declaredElsewhere } from './rules/declaredElsewhere.ts'
import { declaredTwice } from './rules/declaredTwice.ts'
import { directionUnknown } from './rules/directionUnknown.ts'
import { duplicate } from './rules/duplicate.ts'
import { guardBadRows } from './rules/guardBadRows.ts'
import { guardOutOfRegion } from './rules/guardOutOfRegion.ts'
import { guardSize } from './rules/guardSize.ts'
import { guardZerosLost } from './rules/guardZerosLost.ts'
import { hsForm } from './rules/hsForm.ts'
import { hsUnexpected } from './rules/hsUnexpected.ts'
import { identityCheckDigit } from './rules/identityCheckDigit.ts'
import { identityLength } from './rules/identityLength.ts'
import { identityLostZero } from './rules/identityLostZero.ts'
import { identityMissing } from './rules/identityMissing.ts'
import { identityStructure } from './rules/identityStructure.ts'
import { identityUnreadable } from './rules/identityUnreadable.ts'
import { imeiCheckDigit } from './rules/imeiCheckDigit.ts'
import { imeiCleaned } from './rules/imeiCleaned.ts'
import { imeiDigitsLost } from './rules/imeiDigitsLost.ts'
import { imeiImpossible } from './rules/imeiImpossible.ts'
import { imeiLength } from './rules/imeiLength.ts'
import { imeiLookalike } from './rules/imeiLookalike.ts'
import { imeiLostZero } from './rules/imeiLostZero.ts'
import { imeiMissing } from './rules/imeiMissing.ts'
import { imeiPairTacs } from './rules/imeiPairTacs.ts'
import { imeiRepeatedInRow } from './rules/imeiRepeatedInRow.ts'
import { imeiScientific } from './rules/imeiScientific.ts'
import { imeiTooMany } from './rules/imeiTooMany.ts'
import { imeiUnreadable } from './rules/imeiUnreadable.ts'
import { imeiZeroUnclear } from './rules/imeiZeroUnclear.ts'
import { imsiForm } from './rules/imsiForm.ts'
import { imsiOutOfRegion } from './rules/imsiOutOfRegion.ts'
import { knownInBatch } from './rules/knownInBatch.ts'
import { msisdnForm } from './rules/msisdnForm.ts'
import { msisdnOutOfRegion } from './rules/msisdnOutOfRegion.ts'
import { networkUnknown } from './rules/networkUnknown.ts'
import { onOtherList } from './rules/onOtherList.ts'
import { pairContradicts } from './rules/pairContradicts.ts'
import { personMissing } from './rules/personMissing.ts'
import { quantityForm } from './rules/quantityForm.ts'
import { quantityMismatch } from './rules/quantityMismatch.ts'
import { removeOtherBody } from './rules/removeOtherBody.ts'
import { removeUnlisted } from './rules/removeUnlisted.ts'
import { seenBeforeDeclared } from './rules/seenBeforeDeclared.ts'
import { tacBrand } from './rules/tacBrand.ts'
import { tacForm } from './rules/tacForm.ts'
import { tacModel } from './rules/tacModel.ts'
import { tacTest } from './rules/tacTest.ts'
import { tacUnknown } from './rules/tacUnknown.ts'

/** Rules that hold a row against what the desk knows. */
export const HISTORY_RULES = [
  knownInBatch,
  declaredElsewhere,
  onOtherList,
  seenBeforeDeclared,
  pairContradicts,
  removeUnlisted,
  removeOtherBody,
] as const satisfies readonly HistoryRule[]

/** Rules of the file as a whole. */
export const FILE_RULES = [
  guardBadRows,
  guardSize,
  guardZerosLost,
  guardOutOfRegion,
] as const satisfies readonly FileRule[]
export type GuardCode = (typeof FILE_RULES)[number]['code']

/** Rules of rows, in the order in which a screen groups them. */
export const ROW_RULES = [
  imeiMissing,
  imeiUnreadable,
  imeiLength,
  imeiScientific,
  imeiDigitsLost,
  imeiZeroUnclear,
  imeiImpossible,
  imeiCleaned,
  imeiLookalike,
  imeiLostZero,
  imeiCheckDigit,
  imeiRepeatedInRow,
  imeiPairTacs,
  imeiTooMany,
  tacUnknown,
  tacTest,
  tacBrand,
  tacModel,
  tacForm,
  duplicate,
  contradiction,
  declaredTwice,
  identityMissing,
  identityUnreadable,
  identityLength,
  identityCheckDigit,
  identityLostZero,
  identityStructure,
  dateMissing,
  dateToday,
  dateUnreadable,
  dateImpossible,
  dateFuture,
  dateShortYear,
  dateMismatch,
  declarationMissing,
  declarationForm,
  hsForm,
  hsUnexpected,
  quantityForm,
  quantityMismatch,
  imsiForm,
  imsiOutOfRegion,
  msisdnForm,
  msisdnOutOfRegion,
  networkUnknown,
  changeUnknown,
  changeUnsupported,
  directionUnknown,
  personMissing,
  brandMissing,
  cellError,
  ...HISTORY_RULES,
] as const satisfies readonly CheckRule[]
export type CheckCode = (typeof ROW_RULES)[number]['code']

const RULE_OF: ReadonlyMap<string, CheckRule> = new Map(
  [...ROW_RULES, ...FILE_RULES].map((r): [string, CheckRule] => [r.code, r]),
)

const ruleOf = (code: string): CheckRule => {
  const found = RULE_OF.get(code)
  if (!found) throw new Error(`there is no check ${code}`)
  return found
}

/** What a rule does in a list of this kind: the policy's word for this kind, the policy's word, the rule's own. */
export function levelOf(kind: ImportKind, code: CheckCode | GuardCode, checks?: CheckPolicy): Level {
  const own = ruleOf(code)
  return checks?.levels[`${kind}/${code}`] ?? checks?.levels[code] ?? own.levels?.[kind] ?? own.level
}

/** A number a rule compares with: the policy's, else the rule's own. Throws where the rule has no limit of this name. */
export function limitOf(code: CheckCode | GuardCode, name: string, checks?: CheckPolicy): number {
  const limit = checks?.limits[`${code}/${name}`] ?? ruleOf(code).limits?.[name]
  if (limit === undefined) throw new Error(`the check ${code} has no limit ${name}`)
  return limit
}

/** Levels of all rules for one kind of list, for asking after millions of findings. */
export function levelsFor(kind: ImportKind, checks?: CheckPolicy): (code: CheckCode) => Level {
  const levels = new Map(ROW_RULES.map((r) => [r.code as CheckCode, levelOf(kind, r.code, checks)]))
  return (code) => levels.get(code) as Level
}
