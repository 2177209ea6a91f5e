import { Random } from '../random.ts'
import type { Paper } from '../shape.ts'
import { qr } from './barcode.ts'
import { type Drawing, day, money } from './drawing.ts'
import { group, line, rect, sampleMark, text, wrap } from './svg.ts'

const W = 460
const mono = { family: 'mono', size: 17 } as const

/** A till's paper strip: shop, goods, sum, number, IMEI, code. */
export function tillReceipt(paper: Paper): Drawing {
  const f = paper.fields
  const random = new Random(paper.seed, 'till')
  const local = f.currency === 'KZT'
  const label = local ? LOCAL : ABROAD
  const rows: string[] = []
  let y = 58
  const put = (left: string, right = '', bold = false): void => {
    rows.push(text(26, y, left, { ...mono, bold }))
    if (right !== '') rows.push(text(W - 26, y, right, { ...mono, bold, anchor: 'end' }))
    y += 27
  }
  const rule = (): void => {
    rows.push(line(26, y - 16, W - 26, y - 16, 'stroke="#444" stroke-dasharray="7 5" stroke-width="1.4"'))
    y += 12
  }
  rows.push(text(W / 2, y, f.shop ?? '', { ...mono, size: 24, bold: true, anchor: 'middle' }))
  y += 30
  for (const part of wrap(f.address ?? '', 38)) {
    rows.push(text(W / 2, y, part, { ...mono, size: 15, anchor: 'middle' }))
    y += 22
  }
  y += 14
  rule()
  put(label.number, f.receiptNo, true)
  put(label.date, `${day(f.date)} ${random.between(10, 19)}:${random.between(10, 59)}`)
  put(label.cashier, `#${random.between(1, 9)}`)
  rule()
  for (const part of wrap(f.item ?? '', 36)) put(part)
  if (f.imei1) put(`IMEI ${f.imei1}`)
  put(`1 × ${money(f.sum)}`, money(f.sum))
  rule()
  rows.push(text(26, y + 6, label.total, { ...mono, size: 25, bold: true }))
  rows.push(text(W - 26, y + 6, `${money(f.sum)} ${f.currency}`, { ...mono, size: 23, bold: true, anchor: 'end' }))
  y += 42
  if (!local) put('≈ KZT', money(f.tenge))
  put(label.paid, money(f.sum))
  rule()
  rows.push(qr(W / 2 - 70, y - 8, 140, `SAMPLE|${f.receiptNo}|${f.date}|${f.sum}|${f.currency}`))
  y += 156
  rows.push(text(W / 2, y, label.thanks, { ...mono, size: 15, anchor: 'middle' }))
  const h = y + 40
  return {
    width: W,
    height: h,
    content: [rect(0, 0, W, h, 'fill="#fbfaf4"'), ...rows, sampleMark(W, h, 27)],
  }
}

const ABROAD = {
  number: 'RECEIPT No',
  date: 'DATE',
  cashier: 'CASHIER',
  total: 'TOTAL',
  paid: 'CARD',
  thanks: 'SAMPLE · NOT A REAL RECEIPT',
}
const LOCAL = {
  number: 'ЧЕК / ТҮБІРТЕК №',
  date: 'КҮНІ / ДАТА',
  cashier: 'КАССИР',
  total: 'БАРЛЫҒЫ',
  paid: 'КАРТА',
  thanks: 'ҮЛГІ · ОБРАЗЕЦ · НАСТОЯЩИМ НЕ ЯВЛЯЕТСЯ',
}

/** An order page of a shop on the net, as a screen shot. */
export function webReceipt(paper: Paper): Drawing {
  const f = paper.fields
  const [w, h] = [820, 720]
  const row = (y: number, label: string, value: string, bold = false): string =>
    text(60, y, label, { size: 18, fill: '#667' }) + text(340, y, value, { size: 19, bold })
  const content = [
    rect(0, 0, w, h, 'fill="#f3f5f8"'),
    rect(0, 0, w, 46, 'fill="#dfe3ea"'),
    ...[22, 46, 70].map((x) => `<circle cx="${x}" cy="23" r="8" fill="#b4bcc8"/>`),
    rect(100, 9, w - 130, 28, 'rx="14" fill="#fff"'),
    text(118, 29, `https://${f.shop}/orders/${f.receiptNo}`, { size: 15, fill: '#556' }),
    rect(30, 70, w - 60, h - 100, 'rx="10" fill="#fff" stroke="#d5dae3"'),
    text(60, 124, f.shop ?? '', { size: 30, bold: true, fill: '#12488a' }),
    text(60, 154, f.address ?? '', { size: 16, fill: '#667' }),
    line(60, 176, w - 60, 176, 'stroke="#d5dae3"'),
    row(218, 'Заказ / Тапсырыс / Order', f.receiptNo ?? '', true),
    row(256, 'Дата / Күні / Date', day(f.date)),
    row(294, 'Покупатель / Сатып алушы', f.buyer ?? ''),
    rect(60, 322, w - 120, 112, 'rx="8" fill="#f6f8fb" stroke="#d5dae3"'),
    group('translate(84 340)', [rect(0, 0, 46, 76, 'rx="8" fill="#26303d"'), rect(4, 8, 38, 58, 'fill="#7fa7d8"')]),
    text(160, 368, f.item ?? '', { size: 22, bold: true }),
    text(160, 400, f.imei1 ? `IMEI: ${f.imei1}` : '1 шт. / дана / pc', { size: 19, family: 'mono' }),
    text(w - 84, 386, `× 1`, { size: 20, anchor: 'end' }),
    row(486, 'Итого / Барлығы / Total', `${money(f.sum)} ${f.currency}`, true),
    f.currency === 'KZT' ? '' : row(522, '≈ KZT', money(f.tenge)),
    row(560, 'Оплата / Төлем / Payment', '**** 0000 (SAMPLE)'),
    rect(60, 590, 230, 42, 'rx="21" fill="#dff2e3"'),
    text(175, 617, 'Оплачено / Төленді', { size: 17, anchor: 'middle', fill: '#1d6b34', bold: true }),
    sampleMark(w, h, 46),
  ]
  return { width: w, height: h, content }
}
