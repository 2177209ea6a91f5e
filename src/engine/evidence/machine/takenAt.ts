import readExif from 'exif-reader'

/** Where a photograph says it was taken, in degrees. */
export interface TakenAt {
  readonly latitude: number
  readonly longitude: number
}

/** The place in a photograph's EXIF block; null where there is none, or where the block is damaged, as many programs leave it. */
export function takenAt(exif: Buffer | undefined): TakenAt | null {
  if (!exif) return null
  const gps = readable(exif)
  const latitude = degrees(gps?.GPSLatitude, gps?.GPSLatitudeRef)
  const longitude = degrees(gps?.GPSLongitude, gps?.GPSLongitudeRef)
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

function readable(exif: Buffer) {
  try {
    return readExif(exif).GPSInfo
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
