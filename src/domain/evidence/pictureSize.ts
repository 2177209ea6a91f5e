import type { EvidenceType } from './evidenceType.ts'

export interface PixelSize {
  readonly width: number
  readonly height: number
}

/**
 * Width and height that a picture's head says, before anything of it is unpacked; null where the head does not say it. JPEG (ITU-T T.81),
 * PNG (ISO 15948) and WebP (RFC 9649), the kinds a window decodes by itself.
 */
export function pictureSize(bytes: Uint8Array, type: EvidenceType | string): PixelSize | null {
  if (type === 'image/png') return pngSize(bytes)
  if (type === 'image/jpeg') return jpegSize(bytes)
  return type === 'image/webp' ? webpSize(bytes) : null
}

const view = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength)
const sized = (width: number, height: number): PixelSize | null => (width > 0 && height > 0 ? { width, height } : null)

const pngSize = (b: Uint8Array): PixelSize | null =>
  b.length < 24 ? null : sized(view(b).getUint32(16), view(b).getUint32(20))

/** The first frame header; C4, C8 and CC begin with the same digit and are none. */
function jpegSize(b: Uint8Array): PixelSize | null {
  for (let at = 2; at + 9 <= b.length && b[at] === 0xff; ) {
    const marker = b[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return sized(view(b).getUint16(at + 7), view(b).getUint16(at + 5))
    if (marker === 0xda) return null
    at += 2 + view(b).getUint16(at + 2)
  }
  return null
}

function webpSize(b: Uint8Array): PixelSize | null {
  if (b.length < 30) return null
  const v = view(b)
  switch (String.fromCharCode(...b.subarray(12, 16))) {
    case 'VP8X':
      return sized(1 + (v.getUint32(24, true) & 0xffffff), 1 + (v.getUint32(26, true) >>> 8))
    case 'VP8L': {
      const bits = v.getUint32(21, true)
      return sized(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff))
    }
    case 'VP8 ':
      return sized(v.getUint16(26, true) & 0x3fff, v.getUint16(28, true) & 0x3fff)
    default:
      return null
  }
}
