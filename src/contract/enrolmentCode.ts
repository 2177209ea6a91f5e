/**
 * One-time codes that let a desk enrol: 20 letters and digits of Crockford's base 32 (no I, L, O, U), 100 bits, written in groups of
 * five. Typed from paper: case, spaces and dashes do not count, and letters that look like digits are taken for them.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 20

/** A code from at least 20 random bytes. */
export function enrolmentCode(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length])
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join('')).join('-')
}

/** The code as it is hashed; null when it cannot be one. */
export function plainCode(typed: string): string | null {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return plain.length === LENGTH && [...plain].every((c) => ALPHABET.includes(c)) ? plain : null
}
