const LONGEST = 31

/** Keeps the names of a workbook's sheets as spreadsheet programs allow them: 31 characters, none of `[]:*?/\`, none twice. */
export class SheetNames {
  readonly all: string[] = []

  /** Adds the `part`-th sheet (from 1) of one list; returns its number in the workbook, from 1. */
  add(wanted: string, part: number): number {
    const clean =
      wanted
        .replace(/[[\]:*?/\\]/g, '_')
        .replace(/^'+|'+$/g, '')
        .trim() || 'Sheet'
    for (let count = part; ; count++) {
      const suffix = count === 1 ? '' : ` (${count})`
      const name = clean.slice(0, LONGEST - suffix.length) + suffix
      if (this.all.some((other) => other.toLowerCase() === name.toLowerCase())) continue
      return this.all.push(name)
    }
  }
}
