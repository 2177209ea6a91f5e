/** Encoding announced by a byte order mark, or null. */
export function encodingOfMark(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return null
}

/**
 * `utf-16le` or `utf-16be` when nearly every second byte is the upper half of an ASCII or Cyrillic letter (0 or 4) and the bytes between
 * them are not; else null. There must be some zeros: digits and separators.
 */
export function utf16WithoutMark(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (start.length < 8) return null
  const upper = [0, 0]
  let zeros = 0
  for (let i = 0; i < start.length; i++) {
    const byte = start[i]
    if (byte === 0) zeros += 1
    if (byte === 0 || byte === 4) upper[i & 1] = (upper[i & 1] as number) + 1
  }
  const [even, odd] = upper as [number, number]
  const half = start.length / 2
  if (zeros < half / 50 || Math.max(even, odd) < half * 0.8 || Math.min(even, odd) > half * 0.2) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}
