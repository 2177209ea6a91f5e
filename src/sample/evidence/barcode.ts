import QRCode from 'qrcode'

/** Code 128 patterns by value: widths of bar, space, bar, space, bar, space (ISO/IEC 15417). */
const PATTERNS =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'.split(
    ' ',
  )
const START_B = 104
const START_C = 105
const TO_C = 99
const STOP = '2331112'

/** Code 128 values of printable ASCII text; digits in pairs after an odd first one. */
function values(content: string): readonly number[] {
  if (!/^\d{4,}$/.test(content)) return [START_B, ...[...content].map((c) => c.charCodeAt(0) - 32)]
  const odd = content.length % 2
  const pairs = content.slice(odd).match(/\d\d/g) ?? []
  return odd === 1 ? [START_B, content.charCodeAt(0) - 32, TO_C, ...pairs.map(Number)] : [START_C, ...pairs.map(Number)]
}

/** Widths of bars and spaces in modules, starting with a bar. */
function code128Widths(content: string): readonly number[] {
  const symbols = values(content)
  const check = symbols.reduce((sum, v, i) => sum + v * Math.max(1, i), 0) % 103
  return [...[...symbols, check].map((v) => PATTERNS[v] ?? ''), STOP].flatMap((p) => [...p].map(Number))
}

/** The barcode as an SVG path, `width` × `height` pixels. */
export function code128(x: number, y: number, width: number, height: number, content: string, fill = '#111'): string {
  const widths = code128Widths(content)
  const module = width / widths.reduce((a, b) => a + b, 0)
  let at = x
  let path = ''
  widths.forEach((w, i) => {
    if (i % 2 === 0) path += `M${at.toFixed(2)} ${y}h${(w * module).toFixed(2)}v${height}h${(-w * module).toFixed(2)}z`
    at += w * module
  })
  return `<path d="${path}" fill="${fill}"/>`
}

/** Dark modules of a QR code, row by row. */
export function qrRows(content: string): readonly (readonly boolean[])[] {
  const { size, data } = QRCode.create(content, { errorCorrectionLevel: 'M' }).modules
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, col) => data[row * size + col] === 1),
  )
}

/** A QR code as an SVG path, `side` pixels wide. */
export function qr(x: number, y: number, side: number, content: string): string {
  const rows = qrRows(content)
  const module = side / rows.length
  // a hair larger than the module, so that no seam shows between neighbours
  const dot = `h${(module + 0.06).toFixed(2)}v${(module + 0.06).toFixed(2)}h-${(module + 0.06).toFixed(2)}z`
  const squares = rows.flatMap((row, r) =>
    row.map((dark, c) => (dark ? `M${(x + c * module).toFixed(2)} ${(y + r * module).toFixed(2)}${dot}` : '')),
  )
  return `<path d="${squares.join('')}" fill="#111"/>`
}
