import { Random } from '../random.ts'
import { loadSharp } from './fonts.ts'
import { group, picture, rect } from './svg.ts'

/** How a paper was made into a picture. */
export interface Shot {
  /** Degrees clockwise. */
  readonly tilt: number
  /** Gaussian blur, sigma in pixels; below 0.3 none. */
  readonly blur: number
  /** Strength of the grain, 0-40. */
  readonly grain: number
  /** Colour of what lies around the paper. */
  readonly ground: string
  /** Share of light at the dark corner, 1 = even. */
  readonly light: number
  readonly quality: number
}

const TILE = 192
const grains = new Map<number, Buffer>()

/** A square of grey noise with the alpha `strength`, always the same for a strength. */
function grainTile(strength: number): Buffer {
  const known = grains.get(strength)
  if (known) return known
  const random = new Random(strength, 'grain')
  const pixels = Buffer.alloc(TILE * TILE * 4)
  for (let i = 0; i < pixels.length; i += 4) {
    const value = random.below(256)
    pixels.fill(value, i, i + 3)
    pixels[i + 3] = strength
  }
  grains.set(strength, pixels)
  return pixels
}

/** A clean picture as a scanner or a program makes it. */
export async function png(svg: string): Promise<Buffer> {
  const sharp = await loadSharp()
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' }).removeAlpha().png({ compressionLevel: 6 }).toBuffer()
}

/** A photograph of a drawing `width` × `height` pixels large: on a ground, tilted, unevenly lit, grainy, compressed. */
export async function photo(content: readonly string[], width: number, height: number, shot: Shot): Promise<Buffer> {
  const sharp = await loadSharp()
  const margin = 40
  const [w, h] = [width + 2 * margin, height + 2 * margin]
  const light = `<defs><radialGradient id="light" cx="0.38" cy="0.28" r="0.95"><stop offset="0" stop-color="#fff" stop-opacity="0.1"/><stop offset="0.5" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="${(1 - shot.light).toFixed(2)}"/></radialGradient></defs>`
  const svg = picture(w, h, [
    rect(0, 0, w, h, `fill="${shot.ground}"`),
    rect(margin + 7, margin + 9, width, height, 'fill="#000" opacity="0.25"'),
    group(`translate(${margin} ${margin})`, content),
    light,
    rect(0, 0, w, h, 'fill="url(#light)"'),
  ])
  const turned = sharp(Buffer.from(svg))
    .flatten({ background: shot.ground })
    .rotate(shot.tilt, { background: shot.ground })
  return (shot.blur < 0.3 ? turned : turned.blur(shot.blur))
    .composite([{ input: grainTile(shot.grain), raw: { width: TILE, height: TILE, channels: 4 }, tile: true }])
    .removeAlpha()
    .jpeg({ quality: shot.quality })
    .toBuffer()
}

/** How somebody with a phone in his hand takes a picture of a paper. */
export const handheld = (random: Random, ground: string): Shot => ({
  tilt: Math.round((random.unit() * 5 - 2.5) * 10) / 10,
  blur: Math.round((0.3 + random.unit() * 0.4) * 100) / 100,
  grain: random.between(14, 26),
  ground,
  light: 0.55 + random.unit() * 0.25,
  quality: random.between(66, 80),
})
