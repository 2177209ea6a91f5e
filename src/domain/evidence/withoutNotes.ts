import { embeddedJpegs, exifBlocks } from './exifBlocks.ts'
import { exifInItem, heicNotes } from './heicNotes.ts'
import { EXIF_HEAD, type Part, pictureParts } from './pictureParts.ts'
import {
  blockOfOrientation,
  orientationIn,
  TIFF_TAGS,
  tiffDirectories,
  tiffDirectory,
  tiffNumber,
} from './tiffBlock.ts'

/**
 * A file without what cameras and programs wrote beside the picture: where and when it was taken, with which phone (Exif, XMP, IPTC).
 * Officers see it; copies that leave the house do not carry it. How the picture must be turned stays. JPEG, PNG and WebP lose those parts;
 * in HEIC and TIFF, and in photographs that a PDF carries, they are blanked in place. Bytes in, bytes out; the same ones where there is
 * nothing to lose.
 */
export function withoutNotes(bytes: Uint8Array, type: string): Uint8Array {
  switch (type) {
    case 'image/heic':
      return changed(bytes, heicNotes(bytes).length > 0, blankHeic)
    case 'image/tiff':
      return changed(bytes, hasTiffNotes(bytes), blankTiff)
    case 'application/pdf':
      return changed(bytes, pdfNotes(bytes).length > 0, blankPdf)
    default:
      return cutParts(bytes, type)
  }
}

function changed(bytes: Uint8Array, needed: boolean, blank: (copy: Uint8Array) => void): Uint8Array {
  if (!needed) return bytes
  const copy = bytes.slice()
  blank(copy)
  return copy
}

const view = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength)

function cutParts(bytes: Uint8Array, type: string): Uint8Array {
  const parts = pictureParts(bytes, type)
  if (!parts?.some((p) => p.note !== null)) return bytes
  const turned = orientationIn(exifBlocks(bytes, type)[0] ?? new Uint8Array())
  const kept = parts.filter((p) => p.note === null).map(({ from, to }: Part) => bytes.subarray(from, to))
  const copy = turned === 1 ? joined(kept) : withOrientation(kept, type, blockOfOrientation(turned))
  // a RIFF file says its length and what it contains
  if (type === 'image/webp' && copy.length >= 21) {
    view(copy).setUint32(4, copy.length - 8, true)
    if (ascii(copy, 12, 16) === 'VP8X') copy[20] = ((copy[20] ?? 0) & ~0x0c) | (turned === 1 ? 0 : 0x08)
  }
  // nothing but that was noted: the copy is the file itself
  return copy.length === bytes.length && copy.every((byte, i) => byte === bytes[i]) ? bytes : copy
}

/** A JPEG's Exif stands at its beginning, a PNG's behind its head, a WebP's at its end. */
function withOrientation(kept: readonly Uint8Array[], type: string, block: Uint8Array): Uint8Array {
  switch (type) {
    case 'image/jpeg': {
      const length = 2 + EXIF_HEAD + block.length
      const head = Uint8Array.of(0xff, 0xe1, 0, length, 0x45, 0x78, 0x69, 0x66, 0, 0)
      return joined([...kept.slice(0, 1), head, block, ...kept.slice(1)])
    }
    case 'image/png': {
      const body = joined([letters('eXIf'), block])
      return joined([...kept.slice(0, 2), number(block.length), body, number(crc32(body)), ...kept.slice(2)])
    }
    default: {
      const head = Uint8Array.of(...letters('EXIF'), block.length, 0, 0, 0)
      return joined([...kept, head, block])
    }
  }
}

const ascii = (b: Uint8Array, from: number, to: number): string => String.fromCharCode(...b.subarray(from, to))
const letters = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

function number(value: number): Uint8Array {
  const four = new Uint8Array(4)
  view(four).setUint32(0, value)
  return four
}

/** Sum of a PNG's chunk (ISO 15948, annex D). */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, p) => sum + p.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** An item's length stays; a block that says nothing stands in it. How the picture is turned is a property of its own. */
function blankHeic(copy: Uint8Array): void {
  for (const note of heicNotes(copy)) {
    const block = note.kind === 'exif' ? exifInItem(copy, note) : null
    if (!block) copy.fill(note.kind === 'xmp' ? 0x20 : 0, note.from, note.to)
    else {
      block.fill(0)
      block.set([0x49, 0x49, 42, 0, 8, 0, 0, 0].slice(0, block.length))
    }
  }
}

const NOTE_TAGS: readonly number[] = [TIFF_TAGS.xmp, TIFF_TAGS.iptc, TIFF_TAGS.photoshop, TIFF_TAGS.exif, TIFF_TAGS.gps]
const hasTiffNotes = (bytes: Uint8Array): boolean =>
  tiffDirectories(bytes).some(({ entries }) => entries.some((e) => NOTE_TAGS.includes(e.tag)))

function blankTiff(copy: Uint8Array): void {
  for (const { at, entries, next } of tiffDirectories(copy)) {
    const notes = entries.filter((e) => NOTE_TAGS.includes(e.tag))
    for (const entry of notes) {
      const below =
        entry.tag === TIFF_TAGS.exif || entry.tag === TIFF_TAGS.gps
          ? tiffDirectory(copy, tiffNumber(copy, entry))
          : null
      for (const { value } of below?.entries ?? []) copy.fill(0, value.from, value.to)
      if (below) copy.fill(0, below.at, below.at + 2 + below.entries.length * 12)
      else copy.fill(0, entry.value.from, entry.value.to)
    }
    const kept = joined(entries.filter((e) => !notes.includes(e)).map((e) => copy.slice(e.at, e.at + 12)))
    const end = at + 2 + entries.length * 12
    copy.fill(0, at, Math.min(copy.length, end + 4))
    const little = copy[0] === 0x49
    view(copy).setUint16(at, kept.length / 12, little)
    copy.set(kept, at + 2)
    if (end + 4 <= copy.length) view(copy).setUint32(at + 2 + kept.length, next, little)
  }
}

/** Segments of Exif in the photographs of a PDF, behind their mark and length. */
const pdfNotes = (bytes: Uint8Array) =>
  embeddedJpegs(bytes).flatMap(({ from, to }) =>
    (pictureParts(bytes.subarray(from, to), 'image/jpeg') ?? [])
      .filter((p) => p.note === 'exif')
      .map((p) => ({ from: from + p.from + 4, to: from + p.to })),
  )

function blankPdf(copy: Uint8Array): void {
  for (const { from, to } of pdfNotes(copy)) {
    const turned = orientationIn(copy.subarray(from + EXIF_HEAD, to))
    copy.fill(0, from + EXIF_HEAD, to)
    const block = blockOfOrientation(turned)
    if (to - from >= EXIF_HEAD + block.length) copy.set(block, from + EXIF_HEAD)
  }
}
