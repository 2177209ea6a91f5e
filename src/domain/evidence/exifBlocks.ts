import { exifInItem, heicNotes } from './heicNotes.ts'
import { EXIF_HEAD, pictureParts } from './pictureParts.ts'

/** Pictures inside a PDF that are looked at for notes: a scan has a page each. */
const MOST_EMBEDDED = 200

/**
 * What cameras wrote into a file, each a TIFF block: of JPEG, PNG, WebP, HEIC and TIFF, and of photographs that a PDF carries as they are.
 * A damaged file has none.
 */
export function exifBlocks(bytes: Uint8Array, type: string): readonly Uint8Array[] {
  if (type === 'image/tiff') return [bytes]
  if (type === 'application/pdf')
    return embeddedJpegs(bytes).flatMap(({ from, to }) => exifBlocks(bytes.subarray(from, to), 'image/jpeg'))
  if (type === 'image/heic')
    return heicNotes(bytes).flatMap((note) => {
      const block = note.kind === 'exif' ? exifInItem(bytes, note) : null
      return block ? [block] : []
    })
  const parts = pictureParts(bytes, type) ?? []
  return parts
    .filter((p) => p.note === 'exif')
    .map(({ from, to }) => {
      // behind marker and length of a segment, or length and name of a chunk; some programs write the segment's name into a chunk too
      const at = from + (type === 'image/jpeg' ? 4 : 8)
      return bytes.subarray(bytes[at] === 0x45 ? at + EXIF_HEAD : at, to)
    })
}

/** Photographs in a PDF whose stream is the JPEG itself: from their first marker to the end of their head, where notes stand. */
export function embeddedJpegs(bytes: Uint8Array): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = []
  for (let at = bytes.indexOf(0xff); at >= 0 && found.length < MOST_EMBEDDED; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] !== 0xd8 || bytes[at + 2] !== 0xff) continue
    const to = headEnd(bytes, at)
    if (to > at + 4) found.push({ from: at, to })
    at = Math.max(at, to - 1)
  }
  return found
}

function headEnd(bytes: Uint8Array, from: number): number {
  let at = from + 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda && bytes[at + 1] !== 0xd9)
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
  return Math.min(at, bytes.length)
}
