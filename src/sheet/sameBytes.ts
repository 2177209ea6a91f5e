/** Bytes to be compared eight at a time. */
export const wordsOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/**
 * Whether `length` bytes of UTF-8 are the same at two places. Eight of them are compared as one number: no valid text makes two numbers
 * that are equal without being the same (0 and -0), and what would be no number (NaN) only counts as different.
 */
export function sameBytes(words: DataView, a: number, b: number, length: number): boolean {
  if (length >= 8) {
    // the last eight once more with some that were compared already
    const last = length - 8
    for (let i = 0; i < last; i += 8) if (words.getFloat64(a + i, true) !== words.getFloat64(b + i, true)) return false
    return words.getFloat64(a + last, true) === words.getFloat64(b + last, true)
  }
  if (length >= 4) {
    const last = length - 4
    return (
      words.getInt32(a, true) === words.getInt32(b, true) &&
      words.getInt32(a + last, true) === words.getInt32(b + last, true)
    )
  }
  for (let i = 0; i < length; i++) if (words.getInt8(a + i) !== words.getInt8(b + i)) return false
  return true
}

/** The same for bytes of two blocks. */
export function sameAs(words: DataView, at: number, others: DataView, other: number, length: number): boolean {
  if (length >= 8) {
    const last = length - 8
    for (let i = 0; i < last; i += 8)
      if (words.getFloat64(at + i, true) !== others.getFloat64(other + i, true)) return false
    return words.getFloat64(at + last, true) === others.getFloat64(other + last, true)
  }
  if (length >= 4) {
    const last = length - 4
    return (
      words.getInt32(at, true) === others.getInt32(other, true) &&
      words.getInt32(at + last, true) === others.getInt32(other + last, true)
    )
  }
  for (let i = 0; i < length; i++) if (words.getInt8(at + i) !== others.getInt8(other + i)) return false
  return true
}
