import { Buffer } from 'node:buffer'
import { crc32 } from 'node:zlib'

interface Part {
  readonly name: string
  readonly data: Buffer
}

/** A zip of a few parts in memory, not packed (PKWARE APPNOTE 4.3). */
export function storedZip(parts: readonly Part[]): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, data } of parts) {
    const label = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    fill(local, 4, data, label)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    fill(entry, 6, data, label)
    entry.writeUInt32LE(at, 42)
    directory.push(entry, label)
    pieces.push(local, label, data)
    at += local.length + label.length + data.length
  }
  const size = directory.reduce((n, piece) => n + piece.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...pieces, ...directory, end])
}

/** Version, flag for UTF-8 names, no packing, checksum, sizes, length of the name: alike in both headers. */
function fill(header: Buffer, at: number, data: Buffer, label: Buffer): void {
  header.writeUInt16LE(20, at)
  header.writeUInt16LE(0x800, at + 2)
  header.writeUInt32LE(crc32(data), at + 10)
  header.writeUInt32LE(data.length, at + 14)
  header.writeUInt32LE(data.length, at + 18)
  header.writeUInt16LE(label.length, at + 22)
}
