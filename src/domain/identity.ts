import { isIsoDate } from './businessDate.ts'
import type { IsoDate } from './fact.ts'

/**
 * IIN (of a person) and BIN (of an organisation): 12 digits, the last a check digit over two sets of weights. A column of BINs also
 * holds IINs, since sole traders import under theirs.
 */

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2] as const

const weighted = (digits: string, weights: readonly number[]): number => {
  let sum = 0
  for (let i = 0; i < 11; i++) sum += (digits.charCodeAt(i) - 48) * (weights[i] as number)
  return sum % 11
}

/** The check digit of the first 11 digits; null where both passes give 10: no such number is issued. */
export function identityCheckDigit(eleven: string): number | null {
  const first = weighted(eleven, FIRST)
  if (first < 10) return first
  const second = weighted(eleven, SECOND)
  return second < 10 ? second : null
}

/** True for 12 digits whose last is the check digit of the others. */
export const isIdentity = (digits: string): boolean =>
  /^\d{12}$/.test(digits) && identityCheckDigit(digits.slice(0, 11)) === digits.charCodeAt(11) - 48

export const IDENTITY_FAULTS = [
  'identity-missing',
  'identity-unreadable',
  'identity-length',
  'identity-check-digit',
] as const
export type IdentityFault = (typeof IDENTITY_FAULTS)[number]

/** Shown, do not reject. */
export const IDENTITY_NOTES = ['identity-lost-zero', 'identity-structure'] as const
export type IdentityNote = (typeof IDENTITY_NOTES)[number]

export interface Identity {
  readonly digits: string
  readonly kind: 'iin' | 'bin'
  /** IIN only: the day of birth. */
  readonly born: IsoDate | null
  readonly notes: readonly IdentityNote[]
}

export type ParsedIdentity =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly fault: IdentityFault; readonly digits: string }

const TWELVE = /^\d{12}$/

const cleaned = (text: string): string =>
  text
    .replace(/^\s*(?:бин|иин|бсн|жсн|bin|iin)[\s:.№]*/i, '')
    .replace(/\.0+$/, '')
    .replace(/[\s'’`"=\u200b\ufeff-]/g, '')

/**
 * Reads a BIN or IIN. A number may have lost its leading zeros, text at most one (as spreadsheets do to CSV files): they come back
 * only when the check digit then fits.
 */
export function parseIdentity(cell: { readonly kind: 'text' | 'number'; readonly text: string }): ParsedIdentity {
  // most are written as they should be, and looking for what there is not costs more than the rest
  const digits = TWELVE.test(cell.text) ? cell.text : cleaned(cell.text)
  if (digits === '') return { ok: false, fault: 'identity-missing', digits }
  if (!/^\d+$/.test(digits)) return { ok: false, fault: 'identity-unreadable', digits }
  if (digits.length === 12) {
    if (!isIdentity(digits)) return { ok: false, fault: 'identity-check-digit', digits }
    return { ok: true, identity: describe(digits, []) }
  }
  const mayLose = cell.kind === 'number' ? digits.length >= 7 : digits.length === 11
  const padded = digits.padStart(12, '0')
  if (digits.length < 12 && mayLose && isIdentity(padded))
    return { ok: true, identity: describe(padded, ['identity-lost-zero']) }
  return { ok: false, fault: 'identity-length', digits }
}

/**
 * The fifth digit tells them apart: 4-6 in a BIN (legal entity, branch, sole trader's joint business), the first digit of a day of
 * birth in an IIN. The seventh digit of an IIN gives century and sex.
 */
function describe(digits: string, notes: readonly IdentityNote[]): Identity {
  const structure: readonly IdentityNote[] = [...notes, 'identity-structure']
  const fifth = digits.charCodeAt(4) - 48
  if (fifth >= 4) {
    const month = Number(digits.slice(2, 4))
    const sound = fifth <= 6 && month >= 1 && month <= 12
    return { digits, kind: 'bin', born: null, notes: sound ? notes : structure }
  }
  const century = { 1: '18', 2: '18', 3: '19', 4: '19', 5: '20', 6: '20' }[digits.charAt(6)]
  const born = century ? `${century}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}` : ''
  return isIsoDate(born) ? { digits, kind: 'iin', born, notes } : { digits, kind: 'iin', born: null, notes: structure }
}
