import { MOST_PIXELS_IN_PDF } from '../../../domain/evidence/pdfPicture.ts'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** A dictionary of a picture is shorter. */
const LONGEST = 4000

/**
 * The first picture inside a PDF that is too large to be drawn, as its dictionary says (ISO 32000-1, 8.9.5); null where there is none.
 * Dictionaries of pictures stand in clear, since they head a stream.
 */
export function pictureLeftOut(pdf: Uint8Array): PictureSize | null {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  for (let at = bytes.indexOf('/Image'); at >= 0; at = bytes.indexOf('/Image', at + 1)) {
    const from = Math.max(0, bytes.lastIndexOf('obj', at), at - LONGEST)
    const end = bytes.indexOf('stream', at)
    const dictionary = bytes.toString('latin1', from, Math.min(at + LONGEST, end < 0 ? bytes.length : end))
    if (!/\/Subtype\s*\/Image\b/.test(dictionary)) continue
    const [width, height] = [numberOf('Width', dictionary), numberOf('Height', dictionary)]
    if (width * height > MOST_PIXELS_IN_PDF) return { width, height }
  }
  return null
}

const numberOf = (key: string, dictionary: string): number =>
  Number(new RegExp(`/${key}\\s+(\\d+)`).exec(dictionary)?.[1] ?? 0)
