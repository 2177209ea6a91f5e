import { createCanvas } from '@napi-rs/canvas'
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Box, PaperLine, PaperWord } from '../../../domain/evidence/paperText.ts'
import { MOST_PIXELS_IN_PDF } from '../../../domain/evidence/pdfPicture.ts'
import { unusable } from './picture.ts'

/** No page is drawn with more pixels; a page of kilometres is drawn smaller. */
const MOST_PIXELS = 16_000_000

/** Opens a PDF without its scripts, forms and links: pdf.js only draws. Throws `picture-unreadable`. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  try {
    const opening = getDocument({
      data: bytes.slice(),
      enableXfa: false,
      useSystemFonts: false,
      maxImageSize: MOST_PIXELS_IN_PDF,
      verbosity: 0,
    })
    return await opening.promise
  } catch (error) {
    throw unusable(error)
  }
}

/** A page drawn on white as PNG, its longer side so many pixels. */
export function drawPage(page: PDFPageProxy, longest: number): Promise<Buffer> {
  return drawPart(page, WHOLE, longest)
}
const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 }

/** A part of a page in shares, its longer side so many pixels: a scan inside the page is drawn from its own. */
export async function drawPart(page: PDFPageProxy, part: Box, longest: number): Promise<Buffer> {
  const own = page.getViewport({ scale: 1 })
  const [width, height] = [own.width * part.width, own.height * part.height]
  const scale = Math.min(longest / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)))
  const offset = { offsetX: -part.x * own.width * scale, offsetY: -part.y * own.height * scale }
  const viewport = page.getViewport({ scale, ...offset })
  const canvas = createCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
  const target = { canvas: canvas as never, viewport, background: '#ffffff' }
  try {
    await page.render(target).promise
  } catch (error) {
    throw unusable(error)
  }
  return canvas.encode('png')
}

/** A page's own text in lines, as its maker placed it; empty for a scan. */
export async function textOfPage(page: PDFPageProxy): Promise<readonly PaperLine[]> {
  const { width, height, transform } = page.getViewport({ scale: 1 })
  const words: PaperWord[] = []
  const { items } = await page.getTextContent()
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue
    const [, , , d, e, f] = item.transform as [number, number, number, number, number, number]
    const x = e - Math.min(0, transform[4] ?? 0)
    const size = Math.abs(d) || item.height
    words.push(
      ...wordsOf(item.str, {
        x: x / width,
        y: (height - f - size) / height,
        width: item.width / width,
        height: size / height,
      }),
    )
  }
  return linesOf(words)
}

/** Splits a run of text into words, each with its share of the run's width. */
function wordsOf(run: string, box: PaperWord['box']): PaperWord[] {
  return [...run.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    sure: 1,
    box: {
      x: clamp(box.x + (box.width * match.index) / run.length),
      y: clamp(box.y),
      width: clamp((box.width * match[0].length) / run.length),
      height: clamp(box.height),
    },
  }))
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

/** Words whose middles lie at one height stand on one line. */
function linesOf(words: readonly PaperWord[]): readonly PaperLine[] {
  const lines: PaperWord[][] = []
  for (const word of words.toSorted((a, b) => a.box.y - b.box.y || a.box.x - b.box.x)) {
    const line = lines.at(-1)
    const first = line?.[0]
    const middle = word.box.y + word.box.height / 2
    if (line && first && Math.abs(middle - (first.box.y + first.box.height / 2)) < first.box.height / 2) line.push(word)
    else lines.push([word])
  }
  return lines.map((line) => ({ words: line.toSorted((a, b) => a.box.x - b.box.x) }))
}
