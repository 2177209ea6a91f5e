import type { Random } from '../random.ts'
import { loadSharp } from './fonts.ts'

/** What a hurried photograph does to a paper. */
export interface Distortion {
  /** How far each corner moves inwards, as shares of width and height: top left, top right, bottom right, bottom left. */
  readonly corners: readonly (readonly [number, number])[]
  /** Gaussian blur, sigma in pixels; below 0.3 none. */
  readonly blur: number
  /** Brightness, 1 = as it was. */
  readonly light: number
  /** Darkness of the shadow that falls over the paper, 0 = none. */
  readonly shadow: number
  readonly quality: number
}

export const DISTORTIONS = ['light', 'heavy'] as const

/** Draws how badly a picture is taken: `light` as most people do, `heavy` in a car at night. */
export function drawDistortion(strength: (typeof DISTORTIONS)[number], random: Random): Distortion {
  const heavy = strength === 'heavy'
  const reach = heavy ? 0.11 : 0.05
  const between = (from: number, to: number): number => Math.round((from + random.unit() * (to - from)) * 1000) / 1000
  return {
    corners: [0, 1, 2, 3].map(() => [between(0, reach), between(0, reach)]),
    blur: heavy ? between(0.9, 1.7) : between(0.3, 0.8),
    light: heavy ? between(0.5, 0.8) : between(0.85, 1.1),
    shadow: heavy ? between(0.3, 0.55) : between(0, 0.25),
    quality: heavy ? random.between(22, 40) : random.between(55, 75),
  }
}

/** The picture as a photograph of it: seen at an angle, blurred, badly lit, compressed. Answers a JPEG. */
export async function distort(image: Uint8Array, d: Distortion): Promise<Buffer> {
  const sharp = await loadSharp()
  const { data, info } = await sharp(image)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const seen = project(data, width, height, d.corners)
  const shade = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="s" x1="0" y1="0.2" x2="1" y2="0.8"><stop offset="0.45" stop-opacity="0"/><stop offset="0.6" stop-opacity="${d.shadow}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#s)"/></svg>`
  const flat = sharp(seen, { raw: { width, height, channels: 3 } }).modulate({ brightness: d.light })
  return (d.blur < 0.3 ? flat : flat.blur(d.blur))
    .composite([{ input: Buffer.from(shade) }])
    .jpeg({ quality: d.quality, chromaSubsampling: '4:2:0' })
    .toBuffer()
}

/** Colour of the table round the paper. */
const GROUND = [62, 58, 54] as const

/** Maps the whole picture onto a quadrilateral inside its frame, bilinear. `rgb`: three samples a pixel. */
function project(rgb: Uint8Array, width: number, height: number, corners: Distortion['corners']): Buffer {
  const at = (i: number): readonly [number, number] => corners[i] ?? [0, 0]
  const quad: readonly (readonly [number, number])[] = [
    [at(0)[0] * width, at(0)[1] * height],
    [width - 1 - at(1)[0] * width, at(1)[1] * height],
    [width - 1 - at(2)[0] * width, height - 1 - at(2)[1] * height],
    [at(3)[0] * width, height - 1 - at(3)[1] * height],
  ]
  const [a, b, c, e, f, g, p, q] = inverse(quad)
  const out = Buffer.alloc(width * height * 3)
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++, to += 3) {
      const w = p * x + q * y + 1
      const u = ((a * x + b * y + c) / w) * (width - 1)
      const v = ((e * x + f * y + g) / w) * (height - 1)
      if (u < 0 || v < 0 || u >= width - 1 || v >= height - 1) {
        out.set(GROUND, to)
        continue
      }
      const [left, top] = [Math.floor(u), Math.floor(v)]
      const [du, dv] = [u - left, v - top]
      const from = (top * width + left) * 3
      for (let k = 0; k < 3; k++) {
        const above = sample(rgb, from + k) * (1 - du) + sample(rgb, from + 3 + k) * du
        const below = sample(rgb, from + width * 3 + k) * (1 - du) + sample(rgb, from + width * 3 + 3 + k) * du
        out[to + k] = above * (1 - dv) + below * dv
      }
    }
  return out
}

const sample = (rgb: Uint8Array, i: number): number => rgb[i] as number

type Eight = readonly [number, number, number, number, number, number, number, number]

/** Coefficients that take a point of the quadrilateral back to the unit square: (ax+by+c, ex+fy+g) / (px+qy+1). */
function inverse(quad: readonly (readonly [number, number])[]): Eight {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const
  const rows = quad.flatMap(([x, y], i) => {
    const [u, v] = square[i] ?? [0, 0]
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
  })
  return solve(rows) as unknown as Eight
}

/** Gauss-Jordan elimination with pivoting; each row holds its right-hand side last. */
function solve(rows: readonly (readonly number[])[]): readonly number[] {
  const m = rows.map((row) => [...row])
  const n = m.length
  for (let col = 0; col < n; col++) {
    let best = col
    for (let r = col + 1; r < n; r++) if (Math.abs(m[r]?.[col] ?? 0) > Math.abs(m[best]?.[col] ?? 0)) best = r
    const pivot = m[best] as number[]
    m[best] = m[col] as number[]
    m[col] = pivot
    const by = pivot[col] as number
    if (by === 0) throw new Error('the corners do not span a paper')
    for (let k = col; k <= n; k++) pivot[k] = (pivot[k] as number) / by
    for (const [r, row] of m.entries()) {
      const factor = r === col ? 0 : (row[col] as number)
      if (factor !== 0) for (let k = col; k <= n; k++) row[k] = (row[k] as number) - factor * (pivot[k] as number)
    }
  }
  return m.map((row) => row[n] as number)
}
