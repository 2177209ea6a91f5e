import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import type { Box } from '../../domain/evidence/paperText.ts'
import { MOST_PIXELS_IN_PDF } from '../../domain/evidence/pdfPicture.ts'
import { trouble } from '../../domain/problem.ts'
import { pagesOnce } from './pagesOnce.ts'
import { type OpenedEvidence, type Part, type Picture, pictureOf } from './picture.ts'

GlobalWorkerOptions.workerSrc = workerUrl

/** Width in pixels to which a page is drawn: sharp at twice the pane. */
const WIDTH = 1700
/** No page of a paper has more pixels; a page of kilometres is drawn smaller. */
const MOST_PIXELS = 16_000_000
/** A document that keeps the drawing busy for longer was made to; the window stays free meanwhile. */
const PATIENCE_MS = 20_000

/** Opens a PDF; its pages become pictures, whose regions somebody else draws. Rejects with `picture-too-slow`, or with an Error when it cannot be drawn. Its scripts, forms and links are never run: pdf.js only draws, and since version 6 never makes code. */
export async function openPdf(
  bytes: Uint8Array,
  region: (page: number, box: Box) => Promise<Part>,
): Promise<OpenedEvidence> {
  const task = getDocument({
    data: bytes.slice(),
    enableXfa: false,
    stopAtErrors: false,
    useSystemFonts: true,
    disableFontFace: false,
    maxImageSize: MOST_PIXELS_IN_PDF,
  })
  const pdf = await inTime(task.promise, () => void task.destroy())
  async function draw(at: number): Promise<Picture> {
    const page = await pdf.getPage(at + 1)
    const own = page.getViewport({ scale: 1 })
    const scale = Math.min(WIDTH / own.width, Math.sqrt(MOST_PIXELS / (own.width * own.height)))
    const viewport = page.getViewport({ scale })
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(viewport.width)
    canvas.height = Math.ceil(viewport.height)
    const rendering = page.render({ canvas, viewport, background: '#ffffff' })
    await inTime(rendering.promise, () => rendering.cancel())
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('a PDF page could not be drawn')
    return { ...(await pictureOf(blob)), region: (box) => region(at, box) }
  }
  const drawn = pagesOnce(draw)
  return {
    pages: pdf.numPages,
    page: drawn.page,
    close: () => {
      drawn.close()
      void task.destroy()
    },
  }
}

/** What comes in time; otherwise `stop` is called and it is given up. */
async function inTime<T>(coming: Promise<T>, stop: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(trouble('picture-too-slow'))
      // what is stopped rejects too, behind this
      stop()
    }, PATIENCE_MS)
  })
  try {
    return await Promise.race([coming, late])
  } finally {
    clearTimeout(timer)
  }
}
