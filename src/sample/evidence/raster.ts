import { Random } from '../random.ts'
import type { Drawing } from './drawing.ts'
import { loadSharp } from './fonts.ts'
import { group, picture, rect } from './svg.ts'

/** How a paper was made into a picture. */
export interface Shot {
  /** Degrees clockwise. */
  readonly tilt: number
  /** Gaussian blur, sigma in pixels; below 0.3 none. */
  readonly blur: number
  /** Largest error of a pixel's brightness, 0-40. */
  readonly grain: number
  /** Colour of what lies around the paper. */
  readonly ground: string
  /** Share of light at the dark corner, 1 = even. */
  readonly light: number
  readonly quality: number
}

/** How somebody with a phone in his hand takes a picture of a paper. */
export const handheld = (random: Random, ground: string): Shot => ({
  tilt: Math.round((random.unit() * 5 - 2.5) * 10) / 10,
  blur: Math.round((0.3 + random.unit() * 0.4) * 100) / 100,
  grain: random.between(9, 18),
  ground,
  light: 0.55 + random.unit() * 0.25,
  quality: random.between(66, 80),
})

/** A clean picture as a scanner or a program makes it. */
export async function png(drawing: Drawing): Promise<Buffer> {
  const sharp = await loadSharp()
  const svg = picture(drawing.width, drawing.height, drawing.content)
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' }).png({ compressionLevel: 6 }).toBuffer()
}

const MARGIN = 46

/** A photograph of a drawing: on a ground, tilted, unevenly lit, grainy, compressed. */
export async function photo(drawing: Drawing, shot: Shot): Promise<Buffer> {
  const sharp = await loadSharp()
  const [w, h] = [drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN]
  const dark = (1 - shot.light).toFixed(2)
  const svg = picture(w, h, [
    rect(0, 0, w, h, `fill="${shot.ground}"`),
    group(`rotate(${shot.tilt} ${w / 2} ${h / 2}) translate(${MARGIN} ${MARGIN})`, [
      rect(7, 9, drawing.width, drawing.height, 'fill="#000" opacity="0.25"'),
      ...drawing.content,
    ]),
    `<defs><radialGradient id="light" cx="0.38" cy="0.28" r="0.95"><stop offset="0" stop-color="#fff" stop-opacity="0.1"/>`,
    `<stop offset="0.5" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="${dark}"/></radialGradient></defs>`,
    rect(0, 0, w, h, 'fill="url(#light)"'),
  ])
  const flat = sharp(Buffer.from(svg)).flatten({ background: shot.ground })
  const { data, info } = await (shot.blur < 0.3 ? flat : flat.blur(shot.blur))
    .raw()
    .toBuffer({ resolveWithObject: true })
  addGrain(data, info.width * info.channels, shot.grain)
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    .jpeg({ quality: shot.quality })
    .toBuffer()
}

const GRAIN = 1 << 15
let noise: Float32Array | undefined

/** Sum of three uniform numbers in [-1, 1], shaped about like a sensor's noise. */
function noiseTable(): Float32Array {
  if (noise) return noise
  const random = new Random(1, 'grain')
  noise = Float32Array.from({ length: GRAIN }, () => ((random.unit() + random.unit() + random.unit()) * 2) / 3 - 1)
  return noise
}

/** Adds noise to the samples in place; each row starts elsewhere in the table so that no pattern shows. */
function addGrain(samples: Uint8Array, rowLength: number, strength: number): void {
  const table = noiseTable()
  for (let start = 0, row = 0; start < samples.length; start += rowLength, row++) {
    let at = (row * 7919) % GRAIN
    for (let i = start; i < start + rowLength; i++) {
      const value = (samples[i] as number) + (table[at] as number) * strength
      samples[i] = value < 0 ? 0 : value > 255 ? 255 : value
      at = (at + 1) % GRAIN
    }
  }
}
