import { Random } from '../random.ts'
import type { Paper } from '../shape.ts'
import { code128 } from './barcode.ts'
import { type Drawing, day } from './drawing.ts'
import { group, line, rect, sampleMark, text } from './svg.ts'

/** IMEIs a paper shows, in order. */
const imeisOf = (paper: Paper): readonly string[] =>
  [1, 2, 3, 4].map((n) => paper.fields[`imei${n}`]).filter((imei) => imei !== undefined)

/** A phone lying on a table with what `*#06#` shows: digits and barcode of each IMEI. */
export function phoneScreen(paper: Paper): Drawing {
  const imeis = imeisOf(paper)
  const random = new Random(paper.seed, 'phone')
  const [w, h] = [560, 1040]
  const dialog = 250 + imeis.length * 190
  const top = 520 - dialog / 2
  const content = [
    rect(0, 0, w, h, 'rx="54" fill="#15181d"'),
    rect(16, 16, w - 32, h - 32, 'rx="42" fill="#0c1017"'),
    rect(26, 30, w - 52, h - 60, 'rx="34" fill="#2c3444"'),
    `<circle cx="${w / 2}" cy="56" r="10" fill="#05070a"/>`,
    text(58, 64, `${random.between(10, 22)}:${random.between(10, 59)}`, { size: 19, fill: '#e8ecf2' }),
    text(w - 58, 64, `4G  ${random.between(31, 96)}%`, { size: 17, fill: '#e8ecf2', anchor: 'end' }),
    text(w / 2, top - 60, '*#06#', { size: 44, fill: '#dbe2ee', anchor: 'middle' }),
    rect(44, top, w - 88, dialog, 'rx="26" fill="#f7f8fa"'),
    text(w / 2, top + 54, 'IMEI', { size: 30, bold: true, anchor: 'middle' }),
    text(w / 2, top + 86, paper.fields.model ?? '', { size: 17, anchor: 'middle', fill: '#667' }),
    ...imeis.flatMap((imei, i) => {
      const y = top + 116 + i * 190
      return [
        code128(78, y, w - 156, 84, imei),
        text(w / 2, y + 116, `IMEI${imeis.length > 1 ? i + 1 : ''}: ${imei}`, {
          size: 25,
          family: 'mono',
          anchor: 'middle',
        }),
        line(78, y + 148, w - 78, y + 148, 'stroke="#dde" stroke-width="2"'),
      ]
    }),
    text(w / 2, top + dialog - 34, 'OK', { size: 26, bold: true, anchor: 'middle', fill: '#1d62c4' }),
    sampleMark(w, h, 34),
  ]
  return { width: w * PHONE, height: h * PHONE, content: [group(`scale(${PHONE})`, content)] }
}

/** Pixels of the picture for one of the phone's. */
const PHONE = 0.85

/** The sticker on the box: model, IMEIs, serial number, each with its barcode. */
export function boxLabel(paper: Paper): Drawing {
  const f = paper.fields
  const imeis = imeisOf(paper)
  const [w, h] = [860, 250 + imeis.length * 120]
  const content = [
    rect(0, 0, w, h, 'rx="6" fill="#fdfdfb" stroke="#999"'),
    text(34, 60, f.brand ?? '', { size: 38, bold: true }),
    text(34, 100, f.item ?? '', { size: 26 }),
    text(w - 34, 56, '8 GB RAM · 256 GB', { size: 20, anchor: 'end' }),
    text(w - 34, 86, 'Made in PRC · EAC · SAMPLE', { size: 18, anchor: 'end' }),
    line(34, 122, w - 34, 122),
    ...imeis.flatMap((imei, i) => [
      text(34, 184 + i * 120, `IMEI ${i + 1}`, { size: 24, bold: true }),
      code128(180, 142 + i * 120, 560, 62, imei),
      text(460, 232 + i * 120, imei, { size: 24, family: 'mono', anchor: 'middle', spacing: 4 }),
    ]),
    text(34, h - 34, 'S/N', { size: 22, bold: true }),
    code128(180, h - 82, 380, 34, f.serial ?? ''),
    text(370, h - 22, f.serial ?? '', { size: 20, family: 'mono', anchor: 'middle' }),
    sampleMark(w, h, 46),
  ]
  return { width: w, height: h, content }
}

/** An open page of a passport with the stamps of the journey. */
export function stampPage(paper: Paper): Drawing {
  const f = paper.fields
  const random = new Random(paper.seed, 'stamps')
  const [w, h] = [620, 860]
  const guilloche = Array.from({ length: 26 }, (_, i) => {
    const y = 60 + i * 30
    return `<path d="M20 ${y}q75 ${i % 2 ? 26 : -26} 150 0t150 0t150 0t130 0" fill="none" stroke="#b9cbe0" stroke-width="1"/>`
  })
  const turn = (): number => random.between(-11, 11)
  const content = [
    rect(0, 0, w, h, 'rx="10" fill="#f0efe6"'),
    ...guilloche,
    text(w / 2, 40, 'ВИЗАЛАР · VISAS', { size: 19, anchor: 'middle', fill: '#55688a', spacing: 4 }),
    text(w / 2, h - 62, f.passport ?? '', {
      size: 26,
      family: 'mono',
      anchor: 'middle',
      fill: '#8a2f3d',
      spacing: 6,
    }),
    text(w / 2, h - 30, `${f.latin}`, { size: 17, anchor: 'middle', fill: '#55688a' }),
    stamp(190, 200 + random.between(-20, 20), turn(), '#7a2230', [
      'ҚАЗАҚСТАН',
      'ШЫҒУ / EXIT',
      day(f.exit),
      f.point ?? '',
    ]),
    stamp(410, 500 + random.between(-20, 20), turn(), '#1d3f86', [
      'ҚАЗАҚСТАН',
      'КІРУ / ENTRY',
      day(f.entry),
      f.point ?? '',
    ]),
    random.chance(0.6)
      ? stamp(430, 260, turn(), '#2c6b3f', ['SAMPLE LAND', 'ENTRY', day(f.exit), 'SAMPLE AIRPORT'])
      : '',
    sampleMark(w, h, 38),
  ]
  return { width: w, height: h, content }
}

function stamp(x: number, y: number, angle: number, ink: string, lines: readonly string[]): string {
  const size = (i: number): number => (i === 2 ? 32 : i === 1 ? 20 : 17)
  return group(
    `translate(${x} ${y}) rotate(${angle})`,
    [
      rect(-150, -82, 300, 164, `rx="14" fill="none" stroke="${ink}" stroke-width="5"`),
      rect(-141, -73, 282, 146, `rx="9" fill="none" stroke="${ink}" stroke-width="1.5"`),
      ...lines.map((content, i) =>
        text(0, -44 + i * 34, content, {
          size: size(i),
          bold: i === 2,
          anchor: 'middle',
          fill: ink,
          family: i === 2 ? 'mono' : 'sans',
        }),
      ),
    ],
    'opacity="0.82"',
  )
}

/** The label on a parcel: sender, receiver, tracking number with its barcode. */
export function parcelLabel(paper: Paper): Drawing {
  const f = paper.fields
  const [w, h] = [760, 560]
  const content = [
    rect(0, 0, w, h, 'fill="#fff" stroke="#222" stroke-width="3"'),
    rect(0, 0, w, 74, 'fill="#123a6b"'),
    text(28, 48, f.carrier ?? '', { size: 32, bold: true, fill: '#fff' }),
    text(w - 28, 46, 'PRIORITY · SAMPLE', { size: 20, fill: '#fff', anchor: 'end' }),
    text(28, 112, 'FROM / ОТ КОГО', { size: 15, fill: '#666' }),
    text(28, 140, f.sender ?? '', { size: 21, bold: true }),
    text(28, 168, f.from ?? '', { size: 18 }),
    line(0, 190, w, 190),
    text(28, 218, 'TO / КОМУ / КІМГЕ', { size: 15, fill: '#666' }),
    text(28, 250, f.name ?? '', { size: 25, bold: true }),
    text(28, 282, 'Қазақстан, 050000, Алматы қ., Үлгі к-сі 1 (SAMPLE)', { size: 19 }),
    line(0, 306, w, 306),
    text(28, 336, `Contents: ${f.item}   ·   ${day(f.date)}   ·   0.41 kg`, { size: 18 }),
    line(0, 356, w, 356),
    code128(90, 378, w - 180, 110, f.tracking ?? ''),
    text(w / 2, 528, f.tracking ?? '', { size: 30, family: 'mono', bold: true, anchor: 'middle', spacing: 5 }),
    sampleMark(w, h, 42),
  ]
  return { width: w, height: h, content }
}
