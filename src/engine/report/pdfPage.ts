import type PDFDocument from 'pdfkit'

export type Pdf = InstanceType<typeof PDFDocument>

/** A4 portrait, in points. */
export const PAGE = { left: 48, right: 547, top: 48, bottom: 770, footer: 796 } as const
