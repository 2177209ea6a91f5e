const TOTAL =
  /^\s*(?:итого|всего|общий итог|промежуточный итог|барлығы|жиыны|жиынтығы|қорытынды|grand total|sub-?total|total|sum)(?![\p{L}])/iu

/** A row that sums up: it begins a text with "Итого", "Барлығы", "Total" and names no IMEI. Neither accepted nor rejected. */
export const isTotalRow = (texts: Iterable<string>): boolean => {
  let total = false
  for (const text of texts) {
    if (/\d{14}/.test(text)) return false
    if (!total && TOTAL.test(text)) total = true
  }
  return total
}

/** Nothing but spaces in every cell. */
export const isBlankRow = (texts: Iterable<string>): boolean => {
  for (const text of texts) if (/[^\s\u200b\ufeff]/.test(text)) return false
  return true
}
