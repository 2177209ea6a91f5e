import type { Box } from '../../domain/evidence/paperText.ts'

/** One picture ready to be shown, its size in its own pixels. */
export interface Picture {
  readonly url: string
  /** The same in the size of a thumbnail. */
  readonly small: string
  readonly width: number
  readonly height: number
  /** A region in shares, drawn at least as sharp as the file is; only where this picture is smaller than the file's own. */
  readonly region?: (box: Box) => Promise<Part>
}

/** A region of a picture, drawn anew. */
export interface Part {
  readonly url: string
  readonly box: Box
}

/** An evidence file that was fetched, hash-checked by the engine and opened. */
export interface OpenedEvidence {
  readonly pages: number
  /** A page from 0; rendered when first asked for. */
  page(at: number): Promise<Picture>
  close(): void
}

/** Twice the thumbnail's size, for screens of small pixels. */
const SMALL = { width: 60, height: 72 } as const

/** A picture decoded ahead of time, so that showing it costs nothing. */
export async function pictureOf(blob: Blob): Promise<Picture> {
  const { url, width, height } = await decoded(blob)
  return { url, small: await smallOf(blob, width, height), width, height }
}

/** Rejects with an Error when the window cannot draw it. */
export async function decoded(
  blob: Blob,
): Promise<{ readonly url: string; readonly width: number; readonly height: number }> {
  const url = URL.createObjectURL(blob)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return { url, width: image.naturalWidth, height: image.naturalHeight }
  } catch (error) {
    URL.revokeObjectURL(url)
    throw error
  }
}

/** Made beside the window's thread. A large picture would be unpacked whole for each frame that shows it small. */
async function smallOf(blob: Blob, width: number, height: number): Promise<string> {
  const scale = Math.min(1, Math.max(SMALL.width / width, SMALL.height / height))
  const size = (own: number): number => Math.max(1, Math.round(own * scale))
  const bitmap = await createImageBitmap(blob, {
    resizeWidth: size(width),
    resizeHeight: size(height),
    resizeQuality: 'medium',
  })
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)
  return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }))
}

/** Gives back what a picture holds. */
export function forget({ url, small }: Picture): void {
  URL.revokeObjectURL(url)
  URL.revokeObjectURL(small)
}
