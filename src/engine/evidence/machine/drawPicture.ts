import sharp from 'sharp'
import { evidenceType } from '../../../domain/evidence/evidenceType.ts'
import type { Box } from '../../../domain/evidence/paperText.ts'
import { trouble } from '../../../domain/problem.ts'
import { drawPage, openPdf } from './pdf.ts'
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

/** Pages of a PDF are measured as if printed at this many pixels a side. */
const PDF_FULL = 4000

/**
 * A page, or a region of it in shares, as JPEG at most `longest` pixels long: for kinds of picture that windows cannot draw, and for
 * scans too large to hold whole. Throws `picture-unreadable` or `picture-too-large`.
 */
export async function drawPicture(
  bytes: Uint8Array,
  ask: { readonly page: number; readonly longest: number; readonly region: Box | null },
): Promise<DrawnPicture> {
  const type = evidenceType(bytes)
  if (type === null) throw trouble('picture-unreadable')
  try {
    const { source, pages } =
      type === 'application/pdf' ? await pdfPage(bytes, ask.page) : { source: await openPicture(bytes, type), pages: 1 }
    const { autoOrient: full } = await source.metadata()
    const cut = ask.region ? source.extract(pixels(ask.region, full)) : source
    const { data, info } = await cut
      .flatten({ background: '#ffffff' })
      .resize({ width: ask.longest, height: ask.longest, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 88 })
      .toBuffer({ resolveWithObject: true })
    return {
      type: 'image/jpeg',
      width: info.width,
      height: info.height,
      full: { width: full.width, height: full.height },
      pages,
      // its own buffer: this one travels to another thread
      bytes: new Uint8Array(data),
    }
  } catch (error) {
    throw unusable(error)
  }
}

async function pdfPage(bytes: Uint8Array, at: number) {
  const pdf = await openPdf(bytes)
  try {
    if (at >= pdf.numPages) throw trouble('picture-unreadable')
    return { source: sharp(await drawPage(await pdf.getPage(at + 1), PDF_FULL)), pages: pdf.numPages }
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
