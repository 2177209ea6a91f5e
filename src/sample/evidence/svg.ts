/** Pieces of SVG text; coordinates in pixels. */

const FAMILY = { sans: 'DejaVu Sans', mono: 'DejaVu Sans Mono', serif: 'DejaVu Serif' } as const

export interface TextStyle {
  readonly size?: number
  readonly bold?: boolean
  readonly italic?: boolean
  readonly family?: keyof typeof FAMILY
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly fill?: string
  readonly spacing?: number
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const {
    size = 20,
    bold = false,
    italic = false,
    family = 'sans',
    anchor = 'start',
    fill = '#1b1b1b',
    spacing = 0,
  } = style
  return `<text x="${x}" y="${y}" font-family="${FAMILY[family]}" font-size="${size}" font-weight="${bold ? 700 : 400}" font-style="${
    italic ? 'italic' : 'normal'
  }" text-anchor="${anchor}" letter-spacing="${spacing}" fill="${fill}">${escaped(content)}</text>`
}

export const rect = (x: number, y: number, w: number, h: number, attributes: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" ${attributes}/>`

export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  attributes = 'stroke="#333" stroke-width="1.5"',
): string => `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${attributes}/>`

export const group = (transform: string, content: readonly string[], attributes = ''): string =>
  `<g transform="${transform}" ${attributes}>${content.join('')}</g>`

export const picture = (w: number, h: number, content: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">${content.join('')}</svg>`

/** The mark every paper carries, in the three languages, across the page. */
export const SAMPLE_WORDS = 'SAMPLE · ОБРАЗЕЦ · ҮЛГІ'

export function sampleMark(w: number, h: number, size = Math.round(w / 18)): string {
  const marks: string[] = []
  for (let y = h * 0.22; y < h; y += h * 0.36)
    marks.push(
      group(
        `translate(${w / 2} ${Math.round(y)}) rotate(-24)`,
        [text(0, 0, SAMPLE_WORDS, { size, bold: true, anchor: 'middle', fill: '#c01818' })],
        'opacity="0.17"',
      ),
    )
  return marks.join('')
}

/** Breaks a text into lines of at most `columns` characters, at spaces. */
export function wrap(content: string, columns: number): readonly string[] {
  const lines: string[] = []
  let current = ''
  for (const word of content.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > columns) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return current === '' ? lines : [...lines, current]
}
