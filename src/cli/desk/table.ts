/** A table of texts: columns as wide as their longest cell, two spaces between them, numbers to the right. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))))
  const line = (row: readonly string[]): string =>
    widths
      .map((wide, column) => {
        const text = row[column] ?? ''
        const gap = ' '.repeat(wide - width(text))
        return right.includes(column) ? gap + text : text + gap
      })
      .join('  ')
      .trimEnd()
  return [line(header), widths.map((wide) => '─'.repeat(wide)).join('  '), ...rows.map(line)].join('\n')
}

/** Names and values, one a line. */
export function pairs(rows: readonly (readonly [name: string, value: string])[]): string {
  const wide = Math.max(...rows.map(([name]) => width(name)))
  return rows.map(([name, value]) => `${name}${' '.repeat(wide - width(name))}  ${value}`.trimEnd()).join('\n')
}

const width = (text: string): number => [...text].length
