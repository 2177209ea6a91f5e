/** Longest text that `asciiText` makes. */
export const LONGEST_ASCII = 24

const text = String.fromCharCode as (...codes: (number | undefined)[]) => string

/**
 * The text of `length` (1 to 24) ASCII bytes. Three times as fast as `toString`, which has to leave JavaScript for every call;
 * identifiers, dates and amounts are such texts, twelve million of them in a large sheet. Reads up to 23 bytes too many.
 */
export function asciiText(b: Uint8Array, i: number, length: number): string {
  if (length <= 8) {
    return text(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7]).slice(0, length)
  }
  if (length <= 16) {
    // biome-ignore format: eight bytes a line
    return text(
      b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7],
      b[i + 8], b[i + 9], b[i + 10], b[i + 11], b[i + 12], b[i + 13], b[i + 14], b[i + 15],
    ).slice(0, length)
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
