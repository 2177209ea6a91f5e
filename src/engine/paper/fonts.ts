import { createRequire } from 'node:module'
import type { Pdf } from './page.ts'

/** DejaVu has every letter of Kazakh; the fonts travel inside the file. Registered as `text` and `bold`. */
export function registerFonts(pdf: Pdf): void {
  const { resolve } = createRequire(import.meta.url)
  pdf.registerFont('text', resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))
  pdf.registerFont('bold', resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'))
}
