import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import type { Box } from '../../domain/evidence/paperText.ts'
import { MOST_PIXELS_IN_PDF } from '../../domain/evidence/pdfPicture.ts'
import { trouble } from '../../domain/problem.ts'
import { openWhileUsed } from './openWhileUsed.ts'
import { pagesOnce } from './pagesOnce.ts'
import { type OpenedEvidence, type Part, type Picture, pictureOf } from './picture.ts'

GlobalWorkerOptions.workerSrc = workerUrl

/** Width in pixels to which a page is drawn: sharp at twice the pane. */
const WIDTH = 1700
/** No page of a paper has more pixels; a page of kilometres is drawn smaller. */
const MOST_PIXELS = 16_000_000
/** A document that keeps the drawing busy for longer was made to; the window stays free meanwhile. */
const PATIENCE_MS = 20_000

/** Documents that stay open though nothing of them is being drawn. Each has a thread with a heap of its own, some 10 MB. */
const AT_REST = 2
const whileUsed = openWhileUsed(AT_REST)

/**
 * Opens a PDF; its pages become pictures, whose regions somebody else draws. It is closed once all of its pages are drawn, or others
 * were drawn after it, and then opened again for the next page. Rejects with `picture-too-slow`, or with an Error when it cannot be
 * drawn. Its scripts, forms and links are never run: pdf.js only draws, and since version 6 never makes code.
 */
export async function openPdf(
  bytes: Uint8Array,
  region: (page: number, box: Box) => Promise<Part>,
): Promise<OpenedEvidence> {
  // each opening gives bytes away to the document's thread; these are not held by the window
  const file = new Blob([bytes.slice()])
  const pdfFile = whileUsed(
    async () => opened(new Uint8Array(await file.arrayBuffer())),
    ({ loadingTask }) => void loadingTask.destroy(),
  )
  let missing = Number.POSITIVE_INFINITY
  const draw = (at: number) =>
    pdfFile.use(async (pdf) => {
      const picture = await drawPage(await pdf.getPage(at + 1))
      missing = Math.min(missing, pdf.numPages) - 1
      if (missing === 0) pdfFile.close()
      return { picture: { ...picture, region: (box: Box) => region(at, box) }, pages: pdf.numPages }
    })
  const first = await draw(0)
  const drawn = pagesOnce((at) => draw(at).then(({ picture }) => picture), first.picture)
  return {
    pages: first.pages,
    page: drawn.page,
    close: () => {
      drawn.close()
      pdfFile.close()
    },
  }
}

async function opened(data: Uint8Array): Promise<PDFDocumentProxy> {
  const task = getDocument({
    data,
    enableXfa: false,
    stopAtErrors: false,
    useSystemFonts: true,
    disableFontFace: false,
    maxImageSize: MOST_PIXELS_IN_PDF,
  })
  // its thread has to be ended, also where it found no document
  const end = (): void => void task.destroy()
  task.promise.catch(end)
  return inTime(task.promise, end)
}

async function drawPage(page: PDFPageProxy): Promise<Picture> {
  const own = page.getViewport({ scale: 1 })
  const scale = Math.min(WIDTH / own.width, Math.sqrt(MOST_PIXELS / (own.width * own.height)))
  const viewport = page.getViewport({ scale })
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(viewport.width)
  canvas.height = Math.ceil(viewport.height)
  try {
    const rendering = page.render({ canvas, viewport, background: '#ffffff' })
    await inTime(rendering.promise, () => rendering.cancel())
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('a PDF page could not be drawn')
    return await pictureOf(blob)
  } finally {
    // a canvas keeps its pixels, four bytes each, until it is collected
    canvas.width = 0
    canvas.height = 0
    page.cleanup()
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
