import type PDFDocument from 'pdfkit'

export type Pdf = InstanceType<typeof PDFDocument>

/** The room for text on a page, in points; `footer` is where the line with fingerprint and number of page stands. */
export interface PageRoom {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly footer: number
}

/** A4: 595 × 842 points upright, 842 × 595 across. */
export const PAGES = {
  portrait: { left: 48, right: 547, top: 48, bottom: 770, footer: 796 },
  landscape: { left: 48, right: 794, top: 44, bottom: 525, footer: 549 },
} as const satisfies Record<string, PageRoom>
export type Orientation = keyof typeof PAGES

/** The one dark colour of headers and charts: prints well in black and white. */
export const INK = '#1f4e79'
