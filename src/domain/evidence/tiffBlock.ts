/**
 * Directories of a TIFF block, the form of TIFF files and of what cameras write into pictures (TIFF 6.0; Exif 2.32). Everything outside the
 * block is taken for absent, so that a damaged one says nothing.
 */
export interface TiffEntry {
  readonly tag: number
  /** Place of the entry's twelve bytes. */
  readonly at: number
  /** Place and length of what it says, in the entry itself or elsewhere. */
  readonly value: { readonly from: number; readonly to: number }
}
export interface TiffDirectory {
  readonly at: number
  readonly entries: readonly TiffEntry[]
  /** Place of the next directory; 0: there is none. */
  readonly next: number
}

export const TIFF_TAGS = { orientation: 0x0112, xmp: 700, iptc: 33_723, photoshop: 34_377, exif: 0x8769, gps: 0x8825 }
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const MOST_DIRECTORIES = 64

const view = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength)
const isLittle = (b: Uint8Array): boolean => b[0] === 0x49

/** The chain of directories that begins at the block's head. */
export function tiffDirectories(block: Uint8Array): readonly TiffDirectory[] {
  if (block.length < 8 || view(block).getUint16(2, isLittle(block)) !== 42) return []
  const found: TiffDirectory[] = []
  const seen = new Set<number>()
  let at = view(block).getUint32(4, isLittle(block))
  while (at > 0 && !seen.has(at) && found.length < MOST_DIRECTORIES) {
    seen.add(at)
    const directory = tiffDirectory(block, at)
    if (!directory) break
    found.push(directory)
    at = directory.next
  }
  return found
}

/** The directory at a place of the block; null where none can be. */
export function tiffDirectory(block: Uint8Array, at: number): TiffDirectory | null {
  if (at < 8 || at + 2 > block.length) return null
  const [v, little] = [view(block), isLittle(block)]
  const count = v.getUint16(at, little)
  const end = at + 2 + count * 12
  if (end > block.length) return null
  const entries = Array.from({ length: count }, (_, i): TiffEntry => {
    const entry = at + 2 + i * 12
    const length = (SIZES[v.getUint16(entry + 2, little)] ?? 1) * v.getUint32(entry + 4, little)
    const from = length <= 4 ? entry + 8 : v.getUint32(entry + 8, little)
    return {
      tag: v.getUint16(entry, little),
      at: entry,
      value: { from, to: Math.min(block.length, from + Math.max(length, 0)) },
    }
  })
  return { at, entries, next: end + 4 <= block.length ? v.getUint32(end, little) : 0 }
}

/** What an entry of one short or long number says. */
export function tiffNumber(block: Uint8Array, entry: TiffEntry): number {
  const [v, little] = [view(block), isLittle(block)]
  return v.getUint16(entry.at + 2, little) === 3 ? v.getUint16(entry.at + 8, little) : v.getUint32(entry.at + 8, little)
}

/** How a picture must be turned to stand upright (1 to 8); 1 where the block does not say it. */
export function orientationIn(block: Uint8Array): number {
  const entry = tiffDirectories(block)[0]?.entries.find((e) => e.tag === TIFF_TAGS.orientation)
  const value = entry ? tiffNumber(block, entry) : 1
  return value >= 1 && value <= 8 ? value : 1
}

/** A block that says nothing but how the picture must be turned. */
export function blockOfOrientation(orientation: number): Uint8Array {
  const block = new Uint8Array(26)
  block.set([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation])
  return block
}
