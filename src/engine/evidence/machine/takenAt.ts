import readExif from 'exif-reader'
import { exifBlocks } from '../../../domain/evidence/exifBlocks.ts'

/** Where a photograph says it was taken, in degrees. */
export interface TakenAt {
  readonly latitude: number
  readonly longitude: number
}

/** The place that a file's camera wrote into it; null where there is none, or where the notes are damaged, as many programs leave them. */
export function takenAt(bytes: Uint8Array, type: string): TakenAt | null {
  for (const block of exifBlocks(bytes, type)) {
    const gps = readable(block)
    const latitude = degrees(gps?.GPSLatitude, gps?.GPSLatitudeRef)
    const longitude = degrees(gps?.GPSLongitude, gps?.GPSLongitudeRef)
    if (latitude !== null && longitude !== null) return { latitude, longitude }
  }
  return null
}

function readable(block: Uint8Array) {
  try {
    return readExif(Buffer.from(block.buffer, block.byteOffset, block.byteLength)).GPSInfo
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

/** Degrees, minutes and seconds as one number; south and west are negative. */
function degrees(parts: readonly number[] | undefined, side: string | undefined): number | null {
  if (parts?.length !== 3) return null
  const [d = 0, m = 0, s = 0] = parts
  const value = d + m / 60 + s / 3600
  return Number.isFinite(value) ? (side === 'S' || side === 'W' ? -value : value) : null
}
