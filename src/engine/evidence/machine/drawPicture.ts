import sharp, { type Sharp } from 'sharp'
import { type EvidenceType, evidenceType } from '../../../domain/evidence/evidenceType.ts'
import type { Box } from '../../../domain/evidence/paperText.ts'
import { trouble } from '../../../domain/problem.ts'
import { drawPage, drawPart, openPdf } from './pdf.ts'
import { openPicture, unusable } from './picture.ts'

export interface DrawnPicture {
  readonly type: string
  readonly width: number
  readonly height: number
  readonly full: { readonly width: number; readonly height: number }
  /** Of the file. */
  readonly pages: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

interface Ask {
  readonly page: number
  readonly longest: number
  readonly region: Box | null
}

/** Pages of a PDF are measured as if printed at this many pixels a side: more than any scanner gives a sheet. */
const PDF_FULL = 10_000

/**
 * A page, or a region of it in shares, as JPEG at most `longest` pixels long: for kinds of picture that windows cannot draw, and for
 * scans too large to hold whole. Throws `picture-unreadable` or `picture-too-large`.
 */
export async function drawPicture(bytes: Uint8Array, ask: Ask): Promise<DrawnPicture> {
  const type = evidenceType(bytes)
  if (type === null) throw trouble('picture-unreadable')
  try {
    const { source, full, pages } =
      type === 'application/pdf' ? await ofPdf(bytes, ask) : await ofPicture(bytes, type, ask)
    const { data, info } = await source
      .flatten({ background: '#ffffff' })
      .resize({ width: ask.longest, height: ask.longest, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 88 })
      .toBuffer({ resolveWithObject: true })
    return {
      type: 'image/jpeg',
      width: info.width,
      height: info.height,
      full,
      pages,
      // its own buffer: this one travels to another thread
      bytes: new Uint8Array(data),
    }
  } catch (error) {
    throw unusable(error)
  }
}

interface Source {
  readonly source: Sharp
  readonly full: DrawnPicture['full']
  readonly pages: number
}

async function ofPicture(bytes: Uint8Array, type: EvidenceType, { region }: Ask): Promise<Source> {
  const picture = await openPicture(bytes, type)
  const { width, height } = (await picture.metadata()).autoOrient
  const source = region ? picture.extract(pixels(region, { width, height })) : picture
  return { source, full: { width, height }, pages: 1 }
}

/** A region is drawn by itself, as large as it is asked for: the page as a whole would be too large to be as sharp. */
async function ofPdf(bytes: Uint8Array, { page: at, longest, region }: Ask): Promise<Source> {
  const pdf = await openPdf(bytes)
  try {
    if (at >= pdf.numPages) throw trouble('picture-unreadable')
    const page = await pdf.getPage(at + 1)
    const own = page.getViewport({ scale: 1 })
    const scale = PDF_FULL / Math.max(own.width, own.height)
    const full = { width: Math.round(own.width * scale), height: Math.round(own.height * scale) }
    const most = region ? Math.max(region.width * full.width, region.height * full.height) : PDF_FULL
    const drawn = region
      ? await drawPart(page, region, Math.min(longest, most))
      : await drawPage(page, Math.min(longest, most))
    return { source: sharp(drawn), full, pages: pdf.numPages }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

function pixels(region: Box, full: { readonly width: number; readonly height: number }) {
  const left = Math.min(full.width - 1, Math.floor(region.x * full.width))
  const top = Math.min(full.height - 1, Math.floor(region.y * full.height))
  return {
    left,
    top,
    width: Math.max(1, Math.min(full.width - left, Math.ceil(region.width * full.width))),
    height: Math.max(1, Math.min(full.height - top, Math.ceil(region.height * full.height))),
  }
}
