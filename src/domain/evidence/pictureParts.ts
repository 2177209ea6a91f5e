/** A stretch of a picture's file; `note` tells what a program wrote there beside the picture, null for what the picture needs. */
export interface Part {
  readonly from: number
  readonly to: number
  readonly note: 'exif' | 'other' | null
}

const ascii = (b: Uint8Array, from: number, to: number): string => String.fromCharCode(...b.subarray(from, to))
const view = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength)

/**
 * A JPEG, PNG or WebP cut into its parts, in order and without gaps; null for other types. Of a damaged file what cannot be told apart
 * is one part. Behind the end of a JPEG's picture telephones hang films and depths, which say where they were made too.
 */
export function pictureParts(bytes: Uint8Array, type: string): readonly Part[] | null {
  if (type === 'image/jpeg') return jpegParts(bytes)
  if (type === 'image/png') return chunkParts(bytes, { begin: 8, little: false, exif: 'eXIf', notes: PNG_NOTES })
  if (type === 'image/webp') return chunkParts(bytes, { begin: 12, little: true, exif: 'EXIF', notes: ['XMP '] })
  return null
}
const PNG_NOTES = ['tEXt', 'iTXt', 'zTXt']

/** Exif in a JPEG begins with these letters and two zeros (Exif 2.32, 4.7.2). */
export const EXIF_HEAD = 6

function jpegParts(bytes: Uint8Array): Part[] {
  const parts: Part[] = [{ from: 0, to: Math.min(2, bytes.length), note: null }]
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xd9) break
    const to = Math.min(bytes.length, at + 2 + view(bytes).getUint16(at + 2))
    const end = marker === 0xda ? endOfScan(bytes, to) : to
    parts.push({ from: at, to: end, note: noteOf(bytes, at, to) })
    at = end
  }
  const ended = bytes[at] === 0xff && bytes[at + 1] === 0xd9
  if (!ended) parts.push({ from: at, to: bytes.length, note: null })
  else parts.push({ from: at, to: at + 2, note: null }, { from: at + 2, to: bytes.length, note: 'other' })
  return parts.filter(({ from, to }) => from < to)
}

/** APP1 holds Exif and XMP, APP13 IPTC, COM words, APP2 also the places of further pictures behind the end. */
function noteOf(bytes: Uint8Array, at: number, to: number): Part['note'] {
  const marker = bytes[at + 1]
  const head = ascii(bytes, at + 4, Math.min(to, at + 8))
  if (marker === 0xe1) return head === 'Exif' ? 'exif' : 'other'
  return marker === 0xed || marker === 0xfe || (marker === 0xe2 && head.startsWith('MPF')) ? 'other' : null
}

/** The next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

interface Chunks {
  readonly begin: number
  readonly little: boolean
  readonly exif: string
  readonly notes: readonly string[]
}

/** PNG: length, name, data, sum; WebP: name, length (little-endian), data, padded to an even length. */
function chunkParts(bytes: Uint8Array, { begin, little, exif, notes }: Chunks): Part[] {
  const parts: Part[] = [{ from: 0, to: Math.min(begin, bytes.length), note: null }]
  let at = begin
  while (at + 8 <= bytes.length) {
    const length = view(bytes).getUint32(little ? at + 4 : at, little)
    const name = little ? ascii(bytes, at, at + 4) : ascii(bytes, at + 4, at + 8)
    const to = Math.min(bytes.length, little ? at + 8 + length + (length % 2) : at + 12 + length)
    parts.push({ from: at, to, note: name === exif ? 'exif' : notes.includes(name) ? 'other' : null })
    at = to
  }
  if (at < bytes.length) parts.push({ from: at, to: bytes.length, note: null })
  return parts
}
