import { create as createQr } from 'qrcode'
import type { Pdf } from './page.ts'

/** Draws a QR code as one vector path, sharp at any size of print; `size` in points, without the white margin scanners want around it. */
export function drawQr(pdf: Pdf, text: string, place: { left: number; top: number; size: number }): void {
  const { modules } = createQr(text, { errorCorrectionLevel: 'M' })
  const module = place.size / modules.size
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) pdf.rect(place.left + column * module, place.top + row * module, module, module)
  pdf.fill('black')
}
