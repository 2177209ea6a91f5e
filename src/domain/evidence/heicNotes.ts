/**
 * Where a HEIC file keeps what the camera wrote beside the picture: items of type `Exif` and `mime` (XMP) in its meta box, their places in
 * the box of locations (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, A.2).
 */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly kind: 'exif' | 'xmp'
}

interface Box {
  readonly name: string
  /** First byte behind the head, and behind the box. */
  readonly from: number
  readonly to: number
}

const ascii = (b: Uint8Array, from: number, to: number): string => String.fromCharCode(...b.subarray(from, to))
const view = (b: Uint8Array): DataView => new DataView(b.buffer, b.byteOffset, b.byteLength)

/** Stretches of the file that hold notes; empty for a file whose boxes do not fit together. */
export function heicNotes(bytes: Uint8Array): readonly Stretch[] {
  const meta = boxes(bytes, 0, bytes.length).find((b) => b.name === 'meta')
  if (!meta) return []
  const inside = boxes(bytes, meta.from + 4, meta.to)
  const named = (name: string): Box | undefined => inside.find((b) => b.name === name)
  const [infos, places] = [named('iinf'), named('iloc')]
  if (!infos || !places) return []
  const kinds = noteItems(bytes, infos)
  return locations(bytes, places, named('idat')?.from ?? null).flatMap(({ item, from, to }) => {
    const kind = kinds.get(item)
    return kind && from >= 0 && from < to && to <= bytes.length ? [{ from, to, kind }] : []
  })
}

/** The TIFF block inside an Exif item: behind the four bytes that say where it begins. */
export function exifInItem(bytes: Uint8Array, { from, to }: Pick<Stretch, 'from' | 'to'>): Uint8Array | null {
  if (to - from < 12) return null
  const begin = from + 4 + view(bytes).getUint32(from)
  return begin + 8 <= to ? bytes.subarray(begin, to) : null
}

function boxes(bytes: Uint8Array, from: number, to: number): readonly Box[] {
  const found: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const short = view(bytes).getUint32(at)
    const long = short === 1 && at + 16 <= to
    const length = long ? Number(view(bytes).getBigUint64(at + 8)) : short === 0 ? to - at : short
    if (length < 8 || at + length > to) break
    found.push({ name: ascii(bytes, at + 4, at + 8), from: at + (long ? 16 : 8), to: at + length })
    at += length
  }
  return found
}

function noteItems(bytes: Uint8Array, infos: Box): ReadonlyMap<number, Stretch['kind']> {
  const kinds = new Map<number, Stretch['kind']>()
  const entries = infos.from + (bytes[infos.from] === 0 ? 6 : 8)
  for (const { name, from, to } of boxes(bytes, entries, infos.to)) {
    const version = bytes[from] ?? 0
    // versions 0 and 1 name no kind of item
    if (name !== 'infe' || version < 2 || from + (version > 2 ? 14 : 12) > to) continue
    const wide = version > 2
    const item = wide ? view(bytes).getUint32(from + 4) : view(bytes).getUint16(from + 4)
    const kind = ascii(bytes, from + (wide ? 10 : 8), from + (wide ? 14 : 12))
    if (kind === 'Exif') kinds.set(item, 'exif')
    if (kind === 'mime') kinds.set(item, 'xmp')
  }
  return kinds
}

/** Reads one number after the other; a size of 0 is the number 0. */
class Numbers {
  readonly #bytes: Uint8Array
  #at: number
  readonly #to: number
  constructor(bytes: Uint8Array, from: number, to: number) {
    this.#bytes = bytes
    this.#at = from
    this.#to = to
  }

  get left(): boolean {
    return this.#at < this.#to
  }

  next(size: number): number {
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + (this.#bytes[this.#at++] ?? 0)
    return value
  }
}

function locations(bytes: Uint8Array, { from, to }: Box, idat: number | null) {
  const found: { item: number; from: number; to: number }[] = []
  const read = new Numbers(bytes, from, to)
  const version = read.next(4) >>> 24
  const sizes = read.next(2)
  const [offsetSize, lengthSize, baseSize] = [sizes >>> 12, (sizes >>> 8) & 15, (sizes >>> 4) & 15]
  const indexSize = version === 0 ? 0 : sizes & 15
  for (let left = read.next(version < 2 ? 2 : 4); left > 0 && read.left; left--) {
    const item = read.next(version < 2 ? 2 : 4)
    const method = version === 0 ? 0 : read.next(2) & 15
    read.next(2)
    const base = read.next(baseSize)
    for (let extents = read.next(2); extents > 0 && read.left; extents--) {
      read.next(indexSize)
      const offset = base + read.next(offsetSize)
      const length = read.next(lengthSize)
      const start = method === 0 ? offset : method === 1 && idat !== null ? idat + offset : null
      if (start !== null) found.push({ item, from: start, to: start + length })
    }
  }
  return found
}
