import sharp from 'sharp'
import { evidenceType } from '../../../domain/evidence/evidenceType.ts'
import { HASH_SIDE, lookText, pictureHash, TILES_A_SIDE } from '../../../domain/evidence/pictureHash.ts'

/** Larger pictures are left without a look. */
const MOST_PIXELS = 200_000_000
/** The picture is first brought to so many samples a tile and side. */
const TILE = HASH_SIDE * 2

/**
 * How a picture looks, as text; undefined for a file that is no picture, or none that can be opened here: a paper is taken in all the same,
 * it is only not compared by its look.
 */
export async function lookOfPicture(bytes: Uint8Array): Promise<string | undefined> {
  const type = evidenceType(bytes)
  if (type === null || type === 'application/pdf' || type === 'image/heic') return undefined
  const side = TILE * TILES_A_SIDE
  try {
    const small = await sharp(bytes, { limitInputPixels: MOST_PIXELS, sequentialRead: true, pages: 1 })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .greyscale()
      .resize({ width: side, height: side, fit: 'fill' })
      .normalise()
      .toColourspace('b-w')
      .raw()
      .toBuffer()
    const tiles = Array.from({ length: TILES_A_SIDE ** 2 }, (_, i) =>
      pictureHash(averaged(small, side, (i % TILES_A_SIDE) * TILE, Math.floor(i / TILES_A_SIDE) * TILE, TILE)),
    )
    return lookText({ whole: pictureHash(averaged(small, side, 0, 0, side)), tiles })
  } catch (error) {
    // sharp tells every damaged or oversized file by a plain Error
    if (error instanceof Error) return undefined
    throw error
  }
}

/** A square of a grey picture brought to HASH_SIDE samples a side, each the mean of those it covers. */
function averaged(grey: Uint8Array, width: number, left: number, top: number, size: number): Uint8Array {
  const step = size / HASH_SIDE
  const out = new Uint8Array(HASH_SIDE * HASH_SIDE)
  for (let y = 0; y < HASH_SIDE; y++)
    for (let x = 0; x < HASH_SIDE; x++) {
      let sum = 0
      for (let dy = 0; dy < step; dy++)
        for (let dx = 0; dx < step; dx++) sum += grey[(top + y * step + dy) * width + left + x * step + dx] as number
      out[y * HASH_SIDE + x] = sum / (step * step)
    }
  return out
}
