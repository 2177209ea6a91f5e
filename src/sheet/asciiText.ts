/** Longest text that `asciiText` makes. */
export const LONGEST_ASCII = 24

const text = String.fromCharCode as (...codes: (number | undefined)[]) => string

/**
 * The text of `length` (1 to 24) ASCII bytes. Four times as fast as `toString`, which has to leave JavaScript for every call;
 * identifiers, dates and amounts are such texts, twelve million of them in a large sheet. May read up to 7 bytes too many.
 */
export function asciiText(b: Uint8Array, i: number, length: number): string {
  // biome-ignore format: a table
  switch (length) {
    case 1: return text(b[i])
    case 2: return text(b[i], b[i + 1])
    case 3: return text(b[i], b[i + 1], b[i + 2])
    case 4: return text(b[i], b[i + 1], b[i + 2], b[i + 3])
    case 5: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4])
    case 6: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5])
    case 7: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6])
    case 8: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7])
    case 9: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8])
    case 10: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9])
    case 11: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9], b[i + 10])
    case 12: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9], b[i + 10], b[i + 11])
    case 13: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9], b[i + 10], b[i + 11], b[i + 12])
    case 14: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9], b[i + 10], b[i + 11], b[i + 12], b[i + 13])
    case 15: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9], b[i + 10], b[i + 11], b[i + 12], b[i + 13], b[i + 14])
    case 16: return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7], b[i + 8], b[i + 9], b[i + 10], b[i + 11], b[i + 12], b[i + 13], b[i + 14], b[i + 15])
  }
  // biome-ignore format: eight bytes a line
  return text(
    b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7],
    b[i + 8], b[i + 9], b[i + 10], b[i + 11], b[i + 12], b[i + 13], b[i + 14], b[i + 15],
    b[i + 16], b[i + 17], b[i + 18], b[i + 19], b[i + 20], b[i + 21], b[i + 22], b[i + 23],
  ).slice(0, length)
}

/** Whether `bytes[from, to)` are all ASCII. */
export function isAsciiRange(bytes: Uint8Array, from: number, to: number): boolean {
  let high = 0
  for (let i = from; i < to; i++) high |= bytes[i] as number
  return high < 0x80
}
