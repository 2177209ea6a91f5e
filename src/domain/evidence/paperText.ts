/** What a machine made out on a paper. Positions are shares of the page's width and height, from its top left corner. */

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A word as a machine read it; `sure` from 0 to 1. */
export interface PaperWord {
  readonly text: string
  readonly box: Box
  readonly sure: number
}

/** Words that stand beside each other, from left to right. */
export interface PaperLine {
  readonly words: readonly PaperWord[]
}

export const FINDING_KINDS = ['imei', 'date', 'sum', 'number', 'passport', 'person'] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/**
 * One thing found on a page, always a suggestion. `value` is in the desk's form: 15 digits of an IMEI, an ISO date, a sum with a point,
 * a number as printed without spaces, `COUNTRY:NUMBER` of a passport, a name in capitals.
 */
export interface Finding {
  readonly kind: FindingKind
  readonly value: string
  /** As it stands on the paper. */
  readonly text: string
  /** From 0. */
  readonly page: number
  readonly box: Box
  readonly by: 'barcode' | 'mrz' | 'text'
  readonly sure: number
}

/** The smallest box round several. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((b) => b.x))
  const y = Math.min(...boxes.map((b) => b.y))
  const right = Math.max(...boxes.map((b) => b.x + b.width))
  const bottom = Math.max(...boxes.map((b) => b.y + b.height))
  return { x, y, width: right - x, height: bottom - y }
}

/** The text of a line, words apart by one space. */
export const lineText = (line: PaperLine): string => line.words.map(({ text }) => text).join(' ')
