import type { Sharp } from 'sharp'
import { type Grey, greyOf } from './grey.ts'

/**
 * Brings a hurried photograph of a paper to what a reader of text wants: shadows evened out, lines of text level, also where the paper was
 * seen at an angle and its lines lean differently at the top than at the foot.
 */
export interface Straightened {
  readonly grey: Grey
  /** Where a point of the straightened picture lies on the paper as it was photographed, both in shares. */
  at(x: number, y: number): { readonly x: number; readonly y: number }
}

/** Lean of the lines in shares of the width: at the top, and how much it changes down to the foot. */
export interface Lean {
  readonly top: number
  readonly change: number
}

/** How the lines of a photograph lean. */
export const leanIn = async (photograph: Sharp): Promise<Lean> => leanOf(evened(await grey(photograph, LEAN_WIDTH)))

/** @param width pixels the straightened picture is wide */
export async function straighten(photograph: Sharp, lean: Lean, width: number): Promise<Straightened> {
  const level = levelled(evened(await grey(photograph, width)), lean)
  const ratio = level.height / level.width
  return {
    grey: level,
    at: (x, y) => ({ x, y: y + (slopeAt(lean, y) * (x - 0.5)) / ratio }),
  }
}

/** A strip is longer than wide by so much at most; a longer one is brought to less than the width asked for. */
const LONGEST = 8

const grey = (photograph: Sharp, width: number): Promise<Grey> =>
  greyOf(
    photograph
      .clone()
      .flatten({ background: '#ffffff' })
      .greyscale()
      .resize({ width, height: width * LONGEST, fit: 'inside', kernel: 'lanczos3' }),
  )

/** Samples a block a side: larger than a letter, smaller than a shadow. */
const BLOCKS = 40

/** Each sample in proportion to the light that falls on its neighbourhood, so that paper is white in the sun and in the shade. */
function evened({ data, width, height }: Grey): Grey {
  const size = Math.max(4, Math.round(width / BLOCKS))
  const [across, down] = [Math.ceil(width / size), Math.ceil(height / size)]
  const light = new Float32Array(across * down)
  for (let by = 0; by < down; by++)
    for (let bx = 0; bx < across; bx++)
      light[by * across + bx] = brightOf({ data, width, height }, bx * size, by * size, size)
  const spread = softened(widened(light, across, down), across, down)
  const out = new Uint8Array(data.length)
  const courses = Array.from({ length: width }, (_, x) => between(x, size, across))
  const [firsts, shares] = [Int32Array.from(courses, ([at]) => at), Float64Array.from(courses, ([, part]) => part)]
  const row = new Float32Array(across)
  for (let y = 0; y < height; y++) {
    const [y0, dy] = between(y, size, down)
    // the light along this row, so that each sample takes two of its blocks and not four
    for (let bx = 0; bx < across; bx++)
      row[bx] = n(spread, y0 * across + bx) * (1 - dy) + n(spread, Math.min(down - 1, y0 + 1) * across + bx) * dy
    for (let x = 0; x < width; x++) {
      const x0 = firsts[x] as number
      const part = shares[x] as number
      const here = n(row, x0) * (1 - part) + n(row, Math.min(across - 1, x0 + 1)) * part
      out[y * width + x] = Math.min(255, (n(data, y * width + x) * 255) / Math.max(12, here))
    }
  }
  return { data: out, width, height }
}

/** The block before a sample, of so many, and how far it lies towards the next. */
function between(sample: number, size: number, blocks: number): readonly [at: number, part: number] {
  const v = Math.max(0, Math.min(blocks - 1.001, sample / size - 0.5))
  return [Math.floor(v), v - Math.floor(v)]
}

const n = (samples: Uint8Array | Float32Array | Float64Array, i: number): number => samples[i] as number

/** Nearly the brightest sample of a block: the paper between the letters. */
function brightOf({ data, width, height }: Grey, left: number, top: number, size: number): number {
  const counts = new Uint32Array(256)
  let all = 0
  for (let y = top; y < Math.min(height, top + size); y++)
    for (let x = left; x < Math.min(width, left + size); x++) {
      counts[n(data, y * width + x)] = (counts[n(data, y * width + x)] as number) + 1
      all++
    }
  let above = 0
  for (let value = 255; value > 0; value--) {
    above += counts[value] as number
    if (above > all * 0.1) return value
  }
  return 0
}

/** A block of ink alone takes the light of its neighbours. */
function widened(light: Float32Array, across: number, down: number): Float32Array {
  return neighbours(light, across, down, (around) => Math.max(...around))
}

function softened(light: Float32Array, across: number, down: number): Float32Array {
  return neighbours(light, across, down, (around) => around.reduce((sum, v) => sum + v, 0) / around.length)
}

function neighbours(light: Float32Array, across: number, down: number, of: (around: number[]) => number): Float32Array {
  return light.map((_, i) => {
    const [x, y] = [i % across, Math.floor(i / across)]
    const around: number[] = []
    for (let v = Math.max(0, y - 1); v <= Math.min(down - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(across - 1, x + 1); u++) around.push(n(light, v * across + u))
    return of(around)
  })
}

const LEAN_WIDTH = 480
/** Steepest lines that are looked for, as a tangent, and how finely. */
const STEEPEST = 0.16
const STEP = 0.008
const BANDS = 5
/** Of so many columns one is looked at: letters are wider. */
const COLUMNS = 3

/** Finds the lean at which the rows of each band show lines and gaps most clearly, and the straight course through the bands. */
function leanOf(picture: Grey): Lean {
  const bands = Array.from({ length: BANDS }, (_, i) => {
    const middle = (i + 0.5) / BANDS
    return { middle, ...bestSlope(picture, Math.max(0, middle - 0.15), Math.min(1, middle + 0.15)) }
  })
  const weight = bands.reduce((sum, b) => sum + b.weight, 0)
  if (weight === 0) return { top: 0, change: 0 }
  const meanAt = bands.reduce((sum, b) => sum + b.weight * b.middle, 0) / weight
  const meanSlope = bands.reduce((sum, b) => sum + b.weight * b.slope, 0) / weight
  const spread = bands.reduce((sum, b) => sum + b.weight * (b.middle - meanAt) ** 2, 0)
  const change =
    spread === 0
      ? 0
      : bands.reduce((sum, b) => sum + b.weight * (b.middle - meanAt) * (b.slope - meanSlope), 0) / spread
  return { top: meanSlope - change * meanAt, change }
}

const slopeAt = ({ top, change }: Lean, y: number): number => top + change * y

function bestSlope({ data, width, height }: Grey, from: number, to: number) {
  const [top, bottom] = [Math.floor(from * height), Math.ceil(to * height)]
  // steps of brightness from row to row: edges of letters and bars, not their mass
  let best = { slope: 0, weight: 0 }
  let sum = 0
  let tried = 0
  for (let slope = -STEEPEST; slope <= STEEPEST + 1e-9; slope += STEP) {
    const rows = new Float64Array(bottom - top)
    for (let x = 0; x < width; x += COLUMNS) {
      const shift = Math.round(slope * (x - width / 2))
      for (let y = top; y < bottom; y++) {
        const at = y + shift
        if (at >= 1 && at < height)
          rows[y - top] = n(rows, y - top) + n(data, at * width + x) - n(data, (at - 1) * width + x)
      }
    }
    const clearness = rows.reduce((all, v) => all + v * v, 0)
    sum += clearness
    tried++
    if (clearness > best.weight) best = { slope, weight: clearness }
  }
  // a band in which no lean is clearer than another says nothing
  return { slope: best.slope, weight: Math.max(0, best.weight - (1.3 * sum) / tried) }
}

function levelled(grey: Grey, lean: Lean): Grey {
  const { data, width, height } = grey
  if (height < 2) return grey
  const out = new Uint8Array(data.length)
  const last = height - 1.001
  for (let y = 0; y < height; y++) {
    const slope = slopeAt(lean, y / height)
    const first = y - (slope * width) / 2
    for (let x = 0; x < width; x++) {
      const at = Math.min(last, Math.max(0, first + slope * x))
      const above = at | 0
      const i = above * width + x
      const upper = data[i] as number
      out[y * width + x] = upper + ((data[i + width] as number) - upper) * (at - above)
    }
  }
  return { data: out, width, height }
}
