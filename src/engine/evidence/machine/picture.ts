/// <reference path="./heic-decode.d.ts" />
import sharp, { type Sharp } from 'sharp'
import type { EvidenceType } from '../../../domain/evidence/evidenceType.ts'
import { ProblemError, problem, trouble } from '../../../domain/problem.ts'

/** Larger pictures are refused: a scan of 60 MB has less than half of it, a decompression bomb has more. */
const MOST_PIXELS = 400_000_000

/** Opens a picture upright. Throws `picture-too-large` or `picture-unreadable`. */
export async function openPicture(bytes: Uint8Array, type: EvidenceType): Promise<Sharp> {
  try {
    const picture = type === 'image/heic' ? await fromHeic(bytes) : sharp(bytes, OPTIONS)
    // the header alone says the size, so that a bomb is refused before it is inflated
    const { width, height } = await picture.metadata()
    if (width * height > MOST_PIXELS) throw trouble('picture-too-large')
    return picture.autoOrient()
  } catch (error) {
    throw unusable(error)
  }
}

const OPTIONS = { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 } as const

/** sharp has no HEIC of telephones (its codec is not free); libheif decodes it to plain samples. */
async function fromHeic(bytes: Uint8Array): Promise<Sharp> {
  const { default: decode } = await import('heic-decode')
  const images = await decode.all({ buffer: bytes })
  try {
    const first = images[0]
    if (!first) throw trouble('picture-unreadable')
    if (first.width * first.height > MOST_PIXELS) throw trouble('picture-too-large')
    const { data, width, height } = await first.decode()
    return sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), { raw: { width, height, channels: 4 } })
  } finally {
    images.dispose()
  }
}

/** What a decoder says, as a problem; a problem stays what it is. */
export function unusable(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const tooLarge = error instanceof Error && /pixel limit|too large|exceeds/i.test(error.message)
  return new ProblemError(problem(tooLarge ? 'picture-too-large' : 'picture-unreadable'), { cause: error })
}
