import { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'
import type { AtomicFile } from './atomicFile.ts'
import { Packing } from './packing.ts'

const LARGEST = 0xffffffff
/** Bit 3: sizes follow the data. Bit 11: the name is UTF-8. */
const FLAGS = 0x0808
/** 01.01.1980, the first day a zip knows: the same content makes the same file. */
const DOS_DATE = 0x0021

interface Packed {
  readonly name: Buffer
  readonly crc: number
  readonly size: number
  readonly packedSize: number
  readonly at: number
}

/** Writes a zip from front to back; sizes and checksums follow each entry, so nothing has to be known beforehand. */
export class ZipWriter {
  readonly #file: AtomicFile
  readonly #entries: Packed[] = []

  constructor(file: AtomicFile) {
    this.#file = file
  }

  /** Adds one entry, as fast as the disk takes it. Throws `sheet-too-large` past 4 GB, and whatever `pieces` throws. */
  async add(path: string, pieces: AsyncIterable<string | Buffer> | Iterable<string | Buffer>): Promise<void> {
    const name = Buffer.from(path, 'utf8')
    const at = this.#file.bytes
    await this.#file.write(localHeader(name))
    const packing = new Packing((piece) => this.#file.write(piece))
    try {
      for await (const piece of pieces) await packing.add(piece)
      await packing.end()
    } finally {
      packing.close()
    }
    const { crc, size, packedSize } = packing
    if (size > LARGEST || this.#file.bytes > LARGEST) {
      throw new SheetError('sheet-too-large', { part: path, limit: LARGEST, actual: Math.max(size, this.#file.bytes) })
    }
    await this.#file.write(descriptor(crc, packedSize, size))
    this.#entries.push({ name, crc, size, packedSize, at })
  }

  /** Writes the directory. */
  async end(): Promise<void> {
    const at = this.#file.bytes
    const directory = Buffer.concat(this.#entries.map(directoryEntry))
    await this.#file.write(directory)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.#entries.length, 8)
    end.writeUInt16LE(this.#entries.length, 10)
    end.writeUInt32LE(directory.length, 12)
    end.writeUInt32LE(at, 16)
    await this.#file.write(end)
  }
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(8, 8)
  header.writeUInt16LE(DOS_DATE, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function descriptor(crc: number, packedSize: number, size: number): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeUInt32LE(packedSize, 8)
  bytes.writeUInt32LE(size, 12)
  return bytes
}

function directoryEntry({ name, crc, size, packedSize, at }: Packed): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(20, 4)
  entry.writeUInt16LE(20, 6)
  entry.writeUInt16LE(FLAGS, 8)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt16LE(DOS_DATE, 14)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(packedSize, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(at, 42)
  return Buffer.concat([entry, name])
}
