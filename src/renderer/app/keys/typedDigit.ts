const DIGIT = /^Digit(\d)$/

/**
 * The digit that the key's place stands for when the layout types something else there (Kazakh: Digit2 is ә); null when the key types
 * what it says or Ctrl, Alt or Shift is held.
 */
export function typedDigit(
  event: Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>,
): string | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null
  const digit = DIGIT.exec(event.code)?.[1]
  return digit === undefined || event.key === digit ? null : digit
}
