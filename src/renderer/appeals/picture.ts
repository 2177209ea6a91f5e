import type { Box } from '../../domain/evidence/paperText.ts'

/** One picture ready to be shown, its size in its own pixels. */
export interface Picture {
  readonly url: string
  /** The same in the size of a thumbnail. */
  readonly small: string
  /** The same in the size in which it is looked at whole; only where that is much less than its own. */
  readonly fit?: { readonly url: string; readonly width: number }
  readonly width: number
  readonly height: number
  /** Loaded elements of what is shown first: while they are held, showing it asks nobody for its bytes, and the key that turns to it shows it in its own frame. */
  readonly held: readonly HTMLImageElement[]
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

/** A picture of more times the length at which it is looked at whole is kept in that size too. */
const MUCH_LARGER = 1.4

/**
 * A picture made ready ahead of time, so that showing it costs nothing. What is shown is unpacked anew for the frame that shows it, and
 * a page of a PDF would take that frame twice its time: where it is much larger than the screen, a smaller one is shown until somebody
 * looks closely. Rejects with an Error when the window cannot draw it.
 */
export async function pictureOf(blob: Blob): Promise<Picture> {
  const url = URL.createObjectURL(blob)
  try {
    const image = await loaded(url)
    const { naturalWidth: width, naturalHeight: height } = image
    const longest = longestSeen()
    if (Math.max(width, height) < longest * MUCH_LARGER) {
      await image.decode()
      const small = await encoded(await resized(blob, width, height, thumbnailScale(width, height)))
      return { url, small, width, height, held: [image, await loaded(small)] }
    }
    const fitting = await resized(blob, width, height, longest / Math.max(width, height))
    const thumbnail = await resized(
      fitting,
      fitting.width,
      fitting.height,
      thumbnailScale(fitting.width, fitting.height),
    )
    const type = blob.type === 'image/png' ? 'image/png' : 'image/jpeg'
    const fit = { width: fitting.width, url: await encoded(fitting, type, FIT_QUALITY) }
    const small = await encoded(thumbnail)
    return { url, small, fit, width, height, held: [await loaded(fit.url), await loaded(small)] }
  } catch (error) {
    URL.revokeObjectURL(url)
    throw error
  }
}

/** No pane shows a whole picture longer than this, in pixels of the screen. */
const longestSeen = (): number => Math.ceil(Math.max(innerHeight, innerWidth / 2) * devicePixelRatio)

/** The address to show a picture by when it is so many pixels of the screen wide. */
export const addressFor = ({ url, fit }: Pick<Picture, 'url' | 'fit'>, width: number): string =>
  fit && width <= fit.width ? fit.url : url

async function loaded(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  const coming = new Promise((done, failed) => {
    image.onload = done
    image.onerror = () => failed(new Error('the picture cannot be drawn'))
  })
  image.src = url
  await coming
  return image
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

/** What is shown whole has no need of more; text stays sharp. */
const FIT_QUALITY = 0.92
const SMALL_QUALITY = 0.8

const thumbnailScale = (width: number, height: number): number =>
  Math.min(1, Math.max(SMALL.width / width, SMALL.height / height))

/** Made beside the window's thread. */
async function resized(from: ImageBitmapSource, width: number, height: number, scale: number): Promise<ImageBitmap> {
  const size = (own: number): number => Math.max(1, Math.round(own * scale))
  const asked = { resizeWidth: size(width), resizeHeight: size(height), resizeQuality: 'medium' } as const
  const made = await createImageBitmap(from, asked)
  if (made.width === asked.resizeWidth) return made
  // Chromium takes the size for that before the picture is turned as its camera says
  made.close()
  return createImageBitmap(from, { ...asked, resizeWidth: asked.resizeHeight, resizeHeight: asked.resizeWidth })
}

/** The address of a picture's pixels; they are given back. */
async function encoded(bitmap: ImageBitmap, type = 'image/jpeg', quality = SMALL_QUALITY): Promise<string> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)
  return URL.createObjectURL(await canvas.convertToBlob({ type, quality }))
}

/** Gives back what a picture holds. */
export function forget({ url, small, fit, held }: Picture): void {
  for (const address of [url, small, fit?.url]) if (address !== undefined) URL.revokeObjectURL(address)
  // an element that waits for garbage collection keeps its bytes, which that does not count
  for (const image of held) image.removeAttribute('src')
}
