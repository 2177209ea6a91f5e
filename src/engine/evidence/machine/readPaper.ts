import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Sharp } from 'sharp'
import { type EvidenceType, evidenceType } from '../../../domain/evidence/evidenceType.ts'
import { findOnPage } from '../../../domain/evidence/findOnPage.ts'
import type { Finding, PaperLine } from '../../../domain/evidence/paperText.ts'
import { findBarcodes } from './barcodes.ts'
import type { TextReader } from './ocr.ts'
import { findPassport } from './passportLines.ts'
import { drawPage, openPdf, textOfPage } from './pdf.ts'
import { openPicture } from './picture.ts'
import { type TakenAt, takenAt } from './takenAt.ts'

/** What was made out on a file; kept, so that it is done once. */
export interface PaperReading {
  readonly type: EvidenceType | null
  readonly pages: number
  readonly lines: readonly (readonly PaperLine[])[]
  readonly findings: readonly Finding[]
  readonly takenAt: TakenAt | null
}

/** Of a long document only the beginning is read by the machine; the officer sees all of it. */
const MOST_PAGES = 5
/** Longer side of a scanned page of a PDF when it is drawn for reading. */
const DRAWN = 2200
/** A page with fewer words of its own is taken for a scan. */
const OWN_WORDS = 8

/** Reads a file: barcodes, text, the zone of a passport. Throws `picture-unreadable` or `picture-too-large`. */
export async function readPaper(bytes: Uint8Array, text: () => Promise<TextReader>): Promise<PaperReading> {
  const type = evidenceType(bytes)
  if (type === null) return { type, pages: 0, lines: [], findings: [], takenAt: null }
  if (type === 'application/pdf') return readPdf(bytes, text)
  const picture = await openPicture(bytes, type)
  const page = await readPage(picture, 0, await text())
  return {
    type,
    pages: 1,
    lines: [page.lines],
    findings: page.findings,
    takenAt: takenAt(bytes, type),
  }
}

async function readPdf(bytes: Uint8Array, text: () => Promise<TextReader>): Promise<PaperReading> {
  const pdf = await openPdf(bytes)
  try {
    const read = []
    for (let at = 0; at < Math.min(MOST_PAGES, pdf.numPages); at++) read.push(await readPdfPage(pdf, at, text))
    return {
      type: 'application/pdf',
      pages: pdf.numPages,
      lines: read.map(({ lines }) => lines),
      findings: read.flatMap(({ findings }) => findings),
      takenAt: takenAt(bytes, 'application/pdf'),
    }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

interface ReadPage {
  readonly lines: readonly PaperLine[]
  readonly findings: readonly Finding[]
}

async function readPdfPage(pdf: PDFDocumentProxy, at: number, text: () => Promise<TextReader>): Promise<ReadPage> {
  const page = await pdf.getPage(at + 1)
  const lines = await textOfPage(page)
  const words = lines.reduce((sum, line) => sum + line.words.length, 0)
  if (words >= OWN_WORDS) return { lines, findings: unique([...findPassport(lines, at), ...findOnPage(lines, at)]) }
  return readPage(await openPicture(await drawPage(page, DRAWN), 'image/png'), at, await text())
}

async function readPage(picture: Sharp, at: number, text: TextReader): Promise<ReadPage> {
  const codes = await findBarcodes(picture, at)
  const lines = await text.read(picture)
  return { lines, findings: unique([...codes, ...findPassport(lines, at), ...findOnPage(lines, at)]) }
}

/** The surest way of finding a value comes first; the same value found again adds nothing. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ kind, value, page }) => {
    const key = `${kind}|${value}|${page}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
