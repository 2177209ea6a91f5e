import type { ImportKind } from '../batch.ts'
import { IDENTITY_FAULTS, IDENTITY_NOTES } from '../identity.ts'
import { IMEI_FAULTS, IMEI_NOTES } from '../imei.ts'
import type { BatchField } from './batchField.ts'

/** Everything the checks of rows can say. Text and remedy of each: `resources/locales/<lang>/check.json`. */
export const CHECK_CODES = [
  ...IMEI_FAULTS,
  ...IMEI_NOTES,
  'imei-check-digit',
  'imei-repeated-in-row',
  'imei-pair-tacs',
  'imei-too-many',
  'tac-unknown',
  'tac-test',
  'tac-form',
  'duplicate',
  'contradiction',
  ...IDENTITY_FAULTS,
  ...IDENTITY_NOTES,
  'date-missing',
  'date-today',
  'date-unreadable',
  'date-impossible',
  'date-future',
  'date-short-year',
  'date-mismatch',
  'declaration-missing',
  'declaration-form',
  'hs-form',
  'hs-unexpected',
  'quantity-form',
  'quantity-mismatch',
  'imsi-form',
  'msisdn-form',
  'network-unknown',
  'change-unknown',
  'direction-unknown',
  'person-missing',
  'brand-missing',
  'cell-error',
] as const
export type CheckCode = (typeof CHECK_CODES)[number]

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

/** What rejects a row whatever the kind of list: nothing could be matched on it, or it says when something impossible happened. */
const ALWAYS_ERRORS: ReadonlySet<CheckCode> = new Set<CheckCode>([
  ...IMEI_FAULTS,
  'tac-form',
  'duplicate',
  'contradiction',
  'date-unreadable',
  'date-impossible',
  'date-future',
  'change-unknown',
  'direction-unknown',
  'person-missing',
  'cell-error',
])

/** Besides those, by kind of list (domain.md "Formats and checks"; counterfeits are malformed by nature, so there it only warns). */
const ERRORS_OF_KIND: Readonly<Partial<Record<ImportKind, ReadonlySet<CheckCode>>>> = {
  customs: new Set<CheckCode>([
    'imei-check-digit',
    'identity-check-digit',
    'identity-length',
    'identity-unreadable',
    'date-missing',
  ]),
  operator: new Set<CheckCode>(['date-missing']),
  border: new Set<CheckCode>(['identity-check-digit', 'identity-length', 'identity-unreadable', 'date-missing']),
}

/** Whether a finding rejects its row in a list of this kind; a warning never does. */
export const severityOf = (kind: ImportKind, code: CheckCode): Severity =>
  ALWAYS_ERRORS.has(code) || ERRORS_OF_KIND[kind]?.has(code) === true ? 'error' : 'warning'
