import { rule } from '../rule.ts'

/**
 * The 15th digit is not the Luhn digit of the others. In customs a mistake of typing; counterfeits are malformed by nature;
 * operators send 0.
 */
export const imeiCheckDigit = rule({
  code: 'imei-check-digit',
  scope: 'row',
  level: 'warning',
  levels: { customs: 'error', operator: 'off' },
})
