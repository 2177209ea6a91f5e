import type { BatchField } from './batchField.ts'
import { type CheckCode, ROW_RULES } from './ruleBook.ts'

export type { CheckCode } from './ruleBook.ts'

/** Everything the checks of rows can say. Text and remedy of each: `resources/locales/<lang>/check.json`. */
export const CHECK_CODES: readonly CheckCode[] = ROW_RULES.map((r) => r.code)

export type Severity = 'error' | 'warning'

/** One thing wrong or doubtful in one row. `field` null: the row as a whole. */
export interface Finding {
  readonly code: CheckCode
  readonly field: BatchField | null
  readonly value: string
  readonly details: Readonly<Record<string, string | number>>
}

export const finding = (
  code: CheckCode,
  field: BatchField | null = null,
  value = '',
  details: Finding['details'] = {},
): Finding => ({ code, field, value, details })
