/**
 * What a camera writes into a picture beside the picture (Exif 2.32): where and when it was taken, with which phone. Officers see it;
 * copies that leave the house do not carry it. Bytes in, bytes out.
 */

interface Part {
  readonly from: number
  readonly to: number
  readonly isNote: boolean
}

const ascii = (b: Uint8Array, from: number, to: number): string => String.fromCharCode(...b.subarray(from, to))
const view = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength)

/** The picture without Exif, XMP and IPTC notes; other types as they are. */
export function withoutNotes(bytes: Uint8Array, type: string): Uint8Array {
  const parts = partsOf(bytes, type)
  if (!parts?.some((p) => p.isNote)) return bytes
  const kept = parts.filter((p) => !p.isNote)
  const copy = new Uint8Array(kept.reduce((n, p) => n + p.to - p.from, 0))
  let at = 0
  for (const { from, to } of kept) {
    copy.set(bytes.subarray(from, to), at)
    at += to - from
  }
  // a RIFF file says its length and what it contains
  if (type === 'image/webp') {
    view(copy).setUint32(4, copy.length - 8, true)
    if (ascii(copy, 12, 16) === 'VP8X') copy[20] = (copy[20] ?? 0) & ~0x0c
  }
  return copy
}

function partsOf(bytes: Uint8Array, type: string): Part[] | null {
  if (type === 'image/jpeg') return jpegParts(bytes)
  if (type === 'image/png') return chunkParts(bytes, 8, false, ['eXIf', 'tEXt', 'iTXt', 'zTXt'])
  return type === 'image/webp' ? chunkParts(bytes, 12, true, ['EXIF', 'XMP ']) : null
}

function jpegParts(bytes: Uint8Array): Part[] | null {
  const parts: Part[] = [{ from: 0, to: 2, isNote: false }]
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const marker = bytes[at + 1] ?? 0
    const to = at + 2 + view(bytes).getUint16(at + 2)
    if (to > bytes.length) return null
    // APP1 holds Exif and XMP, APP13 IPTC, COM words
    parts.push({ from: at, to, isNote: marker === 0xe1 || marker === 0xed || marker === 0xfe })
    at = to
  }
  parts.push({ from: at, to: bytes.length, isNote: false })
  return parts
}

/** PNG: length, name, data, sum; WebP: name, length (little-endian), data, padded to an even length. */
function chunkParts(bytes: Uint8Array, begin: number, little: boolean, notes: readonly string[]): Part[] | null {
  const parts: Part[] = [{ from: 0, to: begin, isNote: false }]
  for (let at = begin; at + 8 <= bytes.length; ) {
    const length = view(bytes).getUint32(little ? at + 4 : at, little)
    const name = little ? ascii(bytes, at, at + 4) : ascii(bytes, at + 4, at + 8)
    const to = little ? at + 8 + length + (length % 2) : at + 12 + length
    if (to > bytes.length) return null
    parts.push({ from: at, to, isNote: notes.includes(name) })
    at = to
  }
  return parts
}
