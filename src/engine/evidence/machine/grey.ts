import sharp, { type Sharp } from 'sharp'

/** Grey samples of a picture, row by row. */
export interface Grey {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

export const pictureOfGrey = ({ data, width, height }: Grey): Sharp =>
  sharp(data, { raw: { width, height, channels: 1 } })

export async function greyOf(picture: Sharp): Promise<Grey> {
  const { data, info } = await picture
    .removeAlpha()
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (data.length !== info.width * info.height) throw new Error('a grey picture has one sample a pixel')
  return { data, width: info.width, height: info.height }
}

/** Shares of the samples that may become black and white. */
const ENDS = 0.01

/** The darkest samples brought to black, the lightest to white. */
export function stretched(grey: Grey): Grey {
  const { data, width, height } = grey
  const counts = new Uint32Array(256)
  for (let i = 0; i < data.length; i++) counts[data[i] as number] = (counts[data[i] as number] as number) + 1
  const most = data.length * ENDS
  const [darkest, lightest] = [endOf(counts, most), 255 - endOf(counts.toReversed(), most)]
  if (lightest <= darkest) return grey
  const brought = Uint8ClampedArray.from(counts, (_, sample) => ((sample - darkest) * 255) / (lightest - darkest))
  const out = new Uint8Array(data.length)
  for (let i = 0; i < data.length; i++) out[i] = brought[data[i] as number] as number
  return { data: out, width, height }
}

/** The first sample by which more than so many were passed. */
function endOf(counts: Uint32Array, most: number): number {
  let passed = 0
  return counts.findIndex((count) => {
    passed += count
    return passed > most
  })
}

/** As a file that every reader of pictures knows and nobody has to pack or unpack (portable grey map). */
export const fileOfGrey = ({ data, width, height }: Grey): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data])

/** How a picture is sharpened: `sigma` of the blur it is held against, factors of what differs little and what differs much. */
export interface Sharpening {
  readonly sigma: number
  readonly flat: number
  readonly steep: number
}

/** Differences in hundredths of the way from black to white: up to `SMALL` they are flat; no sample becomes lighter or darker by more. */
const SMALL = 2
const MOST_LIGHTER = 10
const MOST_DARKER = 20

/** Unsharp mask over grey samples, as libvips' over the lightness of a coloured picture, which takes ten times as long. */
export async function sharpened(grey: Grey, { sigma, flat, steep }: Sharpening): Promise<Grey> {
  const { data: soft } = await greyOf(pictureOfGrey(grey).blur(sigma))
  const change = Int16Array.from({ length: 511 }, (_, i) => {
    const apart = (i - 255) / 2.55
    const size = Math.abs(apart)
    const more = size < SMALL ? flat * size : flat * SMALL + steep * (size - SMALL)
    return Math.round(2.55 * (apart > 0 ? Math.min(MOST_LIGHTER, more) : -Math.min(MOST_DARKER, more)))
  })
  const { data, width, height } = grey
  const out = new Uint8ClampedArray(data.length)
  for (let i = 0; i < data.length; i++) {
    const sample = data[i] as number
    out[i] = sample + (change[sample - (soft[i] as number) + 255] as number)
  }
  return { data: new Uint8Array(out.buffer), width, height }
}

/** Every edge made steeper, without the limits that letters need: of bars only the order of light and dark counts. */
export async function steepened(grey: Grey, sigma: number, by: number): Promise<Grey> {
  const { data: soft } = await greyOf(pictureOfGrey(grey).blur(sigma))
  const { data, width, height } = grey
  const out = new Uint8ClampedArray(data.length)
  for (let i = 0; i < data.length; i++) {
    const sample = data[i] as number
    out[i] = sample + by * (sample - (soft[i] as number))
  }
  return { data: new Uint8Array(out.buffer), width, height }
}
