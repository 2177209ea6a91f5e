import { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'
import type { Source } from '../source.ts'

const HEADER_SIZE = 512
const END_OF_CHAIN = 0xfffffffe
const ENTRY_SIZE = 128
const MINI_SECTOR = 64
const MOST_DIRECTORY_SECTORS = 4096
/** Sectors of the allocation table that the header itself lists. */
const HEADER_PLACES = 109
const ROOT = 5

interface Entry {
  readonly name: string
  readonly type: number
  readonly first: number
  readonly size: number
}

/**
 * An OLE2 compound file ([MS-CFB]): the little file system that old workbooks and encrypted new ones are kept in. Every chain of
 * sectors is followed at most as far as the file is long.
 */
export class CompoundFile {
  readonly #source: Source
  readonly #header: Buffer
  readonly #sectorSize: number
  #entries: Entry[] = []
  /** The sector of the allocation table read last: chains mostly stay within one. */
  #tableAt = -1
  #table: Buffer = Buffer.alloc(0)

  private constructor(source: Source, header: Buffer, sectorSize: number) {
    this.#source = source
    this.#header = header
    this.#sectorSize = sectorSize
  }

  /** Reads the directory. Throws SheetError `sheet-broken-part`, as the other methods do. */
  static async open(source: Source): Promise<CompoundFile> {
    if (source.size < HEADER_SIZE) throw broken('ends early')
    const header = Buffer.alloc(HEADER_SIZE)
    await source.read(header, 0)
    const shift = header.readUInt16LE(30)
    if (shift !== 9 && shift !== 12) throw broken('sector size')
    const file = new CompoundFile(source, header, 1 << shift)
    file.#entries = await file.#readDirectory()
    return file
  }

  /** Names of all streams and storages. */
  get names(): string[] {
    return this.#entries.map(({ name }) => name)
  }

  /** A whole stream, refused above `limit` bytes. */
  async read(name: string, limit: number): Promise<Buffer> {
    const entry = this.#entries.find((one) => one.name === name)
    if (entry === undefined) throw broken(`no stream ${name}`)
    if (entry.size > limit) throw new SheetError('sheet-too-large', { part: name, limit, actual: entry.size })
    if (entry.size > this.#source.size) throw broken('stream longer than the file')
    return entry.size < this.#header.readUInt32LE(56) ? this.#readMini(entry) : this.#readChain(entry.first, entry.size)
  }

  async #readDirectory(): Promise<Entry[]> {
    const entries: Entry[] = []
    const sectors = this.#sectors(this.#header.readUInt32LE(48))
    let count = 0
    for await (const sector of sectors) {
      count += 1
      if (count > MOST_DIRECTORY_SECTORS) throw broken('directory too long')
      const bytes = await this.#sector(sector)
      for (let at = 0; at < this.#sectorSize; at += ENTRY_SIZE) {
        const length = bytes.readUInt16LE(at + 64)
        const type = bytes[at + 66] as number
        if (type === 0 || length < 2 || length > 64) continue
        const name = bytes.toString('utf16le', at, at + length - 2)
        entries.push({ name, type, first: bytes.readUInt32LE(at + 116), size: bytes.readUInt32LE(at + 120) })
      }
    }
    return entries
  }

  async #readChain(first: number, size: number): Promise<Buffer> {
    const bytes = Buffer.alloc(size)
    let at = 0
    for await (const sector of this.#sectors(first)) {
      if (at >= size) break
      at += (await this.#sector(sector)).copy(bytes, at)
    }
    if (at < size) throw broken('chain ends early')
    return bytes
  }

  /** Small streams share sectors; their pieces of 64 bytes have an allocation table of their own. */
  async #readMini(entry: Entry): Promise<Buffer> {
    const root = this.#entries.find(({ type }) => type === ROOT)
    if (root === undefined || root.size > this.#source.size) throw broken('no root')
    const block = await this.#readChain(root.first, root.size)
    const table = await this.#readChain(this.#header.readUInt32LE(60), this.#header.readUInt32LE(64) * this.#sectorSize)
    const bytes = Buffer.alloc(entry.size)
    let at = 0
    for (let sector = entry.first; at < entry.size; sector = table.readUInt32LE(sector * 4)) {
      if ((sector + 1) * MINI_SECTOR > block.length || sector * 4 + 4 > table.length) throw broken('small stream')
      at += block.copy(bytes, at, sector * MINI_SECTOR, (sector + 1) * MINI_SECTOR)
    }
    return bytes
  }

  /** The sectors of a chain, in order. */
  async *#sectors(first: number): AsyncGenerator<number> {
    let left = Math.ceil(this.#source.size / this.#sectorSize)
    for (let sector = first; sector !== END_OF_CHAIN; sector = await this.#next(sector)) {
      left -= 1
      if (left < 0) throw broken('chain runs in a circle')
      yield sector
    }
  }

  async #next(sector: number): Promise<number> {
    const perSector = this.#sectorSize / 4
    const index = Math.floor(sector / perSector)
    if (index !== this.#tableAt) {
      this.#table = await this.#sector(await this.#tableSector(index))
      this.#tableAt = index
    }
    return this.#table.readUInt32LE((sector % perSector) * 4)
  }

  /** Where part `index` of the allocation table lies: the header knows the first 109, a chain of sectors the others. */
  async #tableSector(index: number): Promise<number> {
    if (index < HEADER_PLACES) return this.#header.readUInt32LE(76 + index * 4)
    const perSector = this.#sectorSize / 4 - 1
    let rest = index - HEADER_PLACES
    if (rest > this.#source.size / this.#sectorSize) throw broken('sector outside the file')
    let sector = this.#header.readUInt32LE(68)
    while (rest >= perSector) {
      sector = (await this.#sector(sector)).readUInt32LE(perSector * 4)
      rest -= perSector
    }
    return (await this.#sector(sector)).readUInt32LE(rest * 4)
  }

  async #sector(sector: number): Promise<Buffer> {
    const size = this.#sectorSize
    const bytes = Buffer.alloc(size)
    const at = (sector + 1) * size
    if (at >= this.#source.size) throw broken('sector outside the file')
    await this.#source.read(bytes.subarray(0, Math.min(size, this.#source.size - at)), at)
    return bytes
  }
}

function broken(reason: string): SheetError {
  return new SheetError('sheet-broken-part', { reason })
}
