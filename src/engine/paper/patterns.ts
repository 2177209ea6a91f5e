import { INK, type Pdf } from './page.ts'

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Fillings of the series of a chart, in this order: told apart without colour. */
type Filling = (pdf: Pdf, box: Box) => void

const outlined =
  (ground: string, draw: (pdf: Pdf, box: Box) => void): Filling =>
  (pdf, box) => {
    const { left, top, width, height } = box
    pdf.save()
    pdf.rect(left, top, width, height).clip()
    pdf.rect(left, top, width, height).fill(ground)
    draw(pdf, box)
    pdf.restore()
    pdf.rect(left, top, width, height).lineWidth(0.6).stroke(INK)
  }

const slanted =
  (step: number, rising: boolean) =>
  (pdf: Pdf, { left, top, width, height }: Box): void => {
    for (let x = left - height; x < left + width + height; x += step)
      pdf.moveTo(x, rising ? top + height : top).lineTo(x + height, rising ? top : top + height)
    pdf.lineWidth(0.7).stroke(INK)
  }

const dotted = (pdf: Pdf, { left, top, width, height }: Box): void => {
  for (let x = left + 1.5; x < left + width; x += 4)
    for (let y = top + 1.5; y < top + height; y += 4) pdf.circle(x, y, 0.7)
  pdf.fill(INK)
}

const FILLINGS: readonly Filling[] = [
  (pdf, { left, top, width, height }) => pdf.rect(left, top, width, height).fill(INK),
  outlined('white', slanted(4, true)),
  outlined('#c9d6e3', () => undefined),
  outlined('white', dotted),
  outlined('white', slanted(2.5, false)),
  outlined('white', () => undefined),
]

/** Fills a box as the n-th series is filled. */
export function fillAs(pdf: Pdf, series: number, box: Box): void {
  if (box.width <= 0 || box.height <= 0) return
  FILLINGS[series % FILLINGS.length]?.(pdf, box)
}

/** Dashes of the n-th line. */
export const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [10, 4]]
