import type { Box } from '../../domain/evidence/paperText.ts'

/** One picture ready to be shown, its size in its own pixels. */
export interface Picture {
  readonly url: string
  readonly width: number
  readonly height: number
  /** A region in shares, drawn at least as sharp as the file is; only where this picture is smaller than the file's own. */
  readonly region?: (box: Box) => Promise<Picture>
}

/** An evidence file that was fetched, hash-checked by the engine and opened. */
export interface OpenedEvidence {
  readonly pages: number
  /** A page from 0; rendered when first asked for. */
  page(at: number): Promise<Picture>
  close(): void
}

/** A picture decoded ahead of time, so that showing it costs nothing. */
export async function pictureOf(blob: Blob): Promise<Picture> {
  const url = URL.createObjectURL(blob)
  const image = new Image()
  image.src = url
  await image.decode()
  return { url, width: image.naturalWidth, height: image.naturalHeight }
}
