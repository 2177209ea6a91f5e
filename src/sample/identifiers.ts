import type { Imei14, IsoDate } from '../domain/fact.ts'
import { identityCheckDigit } from '../domain/identity.ts'
import { imei14Text, luhnDigit } from '../domain/imei.ts'
import type { Random } from './random.ts'

/** An IMEI whose check digit is wrong. */
export const wrongImeiText = (imei14: Imei14, random: Random): string =>
  imei14Text(imei14) + String((luhnDigit(imei14) + random.between(1, 9)) % 10)

function withCheckDigit(head: string, random: Random): string {
  for (;;) {
    const base = head + random.digits(11 - head.length)
    const digit = identityCheckDigit(base)
    if (digit !== null) return base + String(digit)
  }
}

/** A made-up IIN of a person born that day. */
export function iin(born: IsoDate, woman: boolean, random: Random): string {
  const century = born < '2000-01-01' ? 3 : 5
  return withCheckDigit(
    born.slice(2, 4) + born.slice(5, 7) + born.slice(8, 10) + String(century + (woman ? 1 : 0)),
    random,
  )
}

/** A made-up BIN of a legal entity registered in that month (`YYYY-MM`). */
export const bin = (month: string, random: Random): string =>
  withCheckDigit(`${month.slice(2, 4)}${month.slice(5, 7)}40`, random)

/** The IIN or BIN with another last digit. */
export const wrongIdentity = (number: string, random: Random): string =>
  number.slice(0, 11) + String((Number(number[11]) + random.between(1, 9)) % 10)
