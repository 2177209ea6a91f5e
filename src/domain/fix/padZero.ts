import type { BatchField } from '../checks/batchField.ts'
import { isIdentity } from '../identity.ts'
import { hasRightCheckDigit } from '../imei.ts'
import { sortOf } from './fieldSort.ts'

/**
 * Gives back leading zeros that a spreadsheet took, only where the number then proves right: an IMEI of 14 digits whose type code becomes
 * 01… (the only ones with a zero that are still made) with its check digit, a BIN or IIN with its check digit, a type code of 01….
 */
export function padZero(text: string, field: BatchField): string {
  const digits = text.trim()
  switch (sortOf(field)) {
    case 'imei':
      return /^1\d{13}$/.test(digits) && hasRightCheckDigit(`0${digits}`) ? `0${digits}` : text
    case 'identity':
      return /^\d{7,11}$/.test(digits) && isIdentity(digits.padStart(12, '0')) ? digits.padStart(12, '0') : text
    case 'tac':
      return /^1\d{6}$/.test(digits) ? `0${digits}` : text
    default:
      return text
  }
}
