import { Random } from '../random.ts'
import type { Paper } from '../shape.ts'
import { qr } from './barcode.ts'
import type { Drawing } from './drawing.ts'
import { documentOf } from './paperDocument.ts'
import { group, line, rect, sampleMark, text, wrap } from './svg.ts'

const W = 850
const H = 1100
const LEFT = 70

/** A typed document as a scan shows it. */
export function documentDrawing(paper: Paper): Drawing {
  const d = documentOf(paper)
  const content: string[] = [rect(0, 0, W, H, 'fill="#fcfbf7"')]
  let y = 70
  const middle = (s: string, size: number, bold: boolean, gap: number): void => {
    for (const part of wrap(s, Math.floor(1250 / size))) {
      content.push(text(W / 2, y, part, { size, bold, anchor: 'middle' }))
      y += gap
    }
  }
  for (const s of d.issuer) middle(s, 18, false, 26)
  y += 6
  content.push(line(LEFT, y, W - LEFT, y, 'stroke="#445" stroke-width="2"'))
  y += 52
  for (const s of d.title) middle(s, 25, true, 36)
  y += 6
  middle(d.number, 20, false, 40)
  y += 14
  for (const [label, value] of d.rows) {
    content.push(text(LEFT, y, label, { size: 17, fill: '#556' }))
    for (const part of wrap(value, 36)) {
      content.push(text(400, y, part, { size: 19 }))
      y += 28
    }
    y += 8
  }
  if (d.table) {
    y += 4
    for (const [i, cells] of d.table.rows.entries()) {
      let x = LEFT
      for (const [c, cell] of cells.entries()) {
        const width = (d.table.widths[c] ?? 0) * (W - 2 * LEFT)
        content.push(rect(x, y, width, 38, `fill="${i === 0 ? '#eceef2' : 'none'}" stroke="#667"`))
        content.push(text(x + 8, y + 25, cell, { size: 15, bold: i === 0 }))
        x += width
      }
      y += 38
    }
    y += 40
  }
  y += 10
  for (const paragraph of d.body)
    for (const part of wrap(paragraph, 68)) {
      content.push(text(LEFT, y, part, { size: 18 }))
      y += 28
    }
  y = Math.max(y + 60, 820)
  content.push(...signature(paper.seed, LEFT + 250, y, d.signed))
  content.push(qr(LEFT, y - 60, 130, d.code))
  if (d.seal !== null) content.push(seal(W - 190, y + 20, d.seal))
  content.push(sampleMark(W, H, 52))
  return { width: W, height: H, content }
}

/** A pen stroke over a line, and the name in print. */
function signature(seed: number, x: number, y: number, name: string): readonly string[] {
  const random = new Random(seed, 'signature')
  let path = `M${x + 10} ${y - 8}`
  for (let i = 0; i < 5; i++)
    path += `q${random.between(6, 22)} ${random.between(-46, -12)} ${random.between(18, 34)} ${random.between(-8, 10)}t${random.between(4, 16)} ${random.between(-6, 10)}`
  return [
    `<path d="${path}" fill="none" stroke="#1e3a9a" stroke-width="2.4" stroke-linecap="round"/>`,
    line(x, y, x + 230, y),
    text(x, y + 24, name.slice(0, 34), { size: 15, fill: '#445' }),
  ]
}

/** A round seal; the words run round it letter by letter, since not every renderer knows text on a path. */
function seal(x: number, y: number, words: string): string {
  const letters = [...`${words} · `]
  return group(
    `translate(${x} ${y}) rotate(-8)`,
    [
      '<circle r="84" fill="none" stroke="#22439c" stroke-width="4"/>',
      '<circle r="54" fill="none" stroke="#22439c" stroke-width="1.5"/>',
      ...letters.map((letter, i) =>
        group(`rotate(${Math.round((i * 360) / letters.length)})`, [
          text(0, -62, letter, { size: 16, bold: true, anchor: 'middle', fill: '#22439c' }),
        ]),
      ),
      text(0, -4, 'SAMPLE', { size: 20, bold: true, anchor: 'middle', fill: '#22439c' }),
      text(0, 20, 'ҮЛГІ', { size: 17, anchor: 'middle', fill: '#22439c' }),
    ],
    'opacity="0.75"',
  )
}
