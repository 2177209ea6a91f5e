import { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'
import type { Source } from '../source.ts'
import { isUnsafePath } from './entryPath.ts'

/** One file of a zip as its directory declares it. Nothing of it is believed further than it is checked. */
export interface ZipEntry {
  readonly name: string
  /** 0 stored, 8 deflated; others are refused when opened. */
  readonly method: number
  readonly encrypted: boolean
  readonly crc32: number
  readonly compressedSize: number
  readonly size: number
  readonly headerAt: number
  /** Where the next entry or the directory begins: the data of this one must end before. */
  readonly endsBefore: number
}

export interface ZipDirectory {
  readonly entries: ReadonlyMap<string, ZipEntry>
}

const END_SIGNATURE = 0x06054b50
const END_SIZE = 22
const LONGEST_COMMENT = 0xffff
const END64_SIGNATURE = 0x06064b50
const LOCATOR_SIGNATURE = 0x07064b50
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_SIZE = 46
const LOCAL_SIZE = 30

/** A workbook has some dozens of parts; an archive of daily files some hundreds. */
const MOST_ENTRIES = 20_000
const LARGEST_DIRECTORY = 16 << 20
/** Real spreadsheets unpack to 5-9 times their size; deflate cannot do more than 1,032. */
export const HIGHEST_RATIO = 200
/** Small parts of nothing but repetition may pass the ratio without being able to hurt. */
export const HARMLESS_SIZE = 4 << 20

/**
 * Reads the directory of a zip file (with the ZIP64 records) and checks it: entries inside the file, none overlapping,
 * no name twice, no path that leaves the archive, nothing that unpacks to more than 200 times its size.
 * @throws SheetError `sheet-broken-zip`, `sheet-bomb`, `sheet-too-large`
 */
export async function readDirectory(source: Source): Promise<ZipDirectory> {
  const end = await findEnd(source)
  if (end.entries > MOST_ENTRIES) throw new SheetError('sheet-too-large', { limit: MOST_ENTRIES, actual: end.entries })
  if (end.size > LARGEST_DIRECTORY)
    throw new SheetError('sheet-too-large', { limit: LARGEST_DIRECTORY, actual: end.size })
  if (end.at + end.size > end.recordAt) throw broken('directory outside the file')
  const bytes = Buffer.alloc(end.size)
  await source.read(bytes, end.at)
  const found: Omit<ZipEntry, 'endsBefore'>[] = []
  let at = 0
  for (let i = 0; i < end.entries; i++) {
    if (at + ENTRY_SIZE > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) throw broken('directory entry')
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const next = at + ENTRY_SIZE + nameLength + extraLength + bytes.readUInt16LE(at + 32)
    if (next > bytes.length) throw broken('directory entry')
    found.push(readEntry(bytes, at, nameLength, extraLength))
    at = next
  }
  if (at !== bytes.length) throw broken('directory size')
  return { entries: checked(found, end.at) }
}

interface DirectoryEnd {
  readonly entries: number
  readonly size: number
  readonly at: number
  /** Where the end record itself begins. */
  readonly recordAt: number
}

async function findEnd(source: Source): Promise<DirectoryEnd> {
  if (source.size < END_SIZE) throw broken('too short')
  const tailSize = Math.min(source.size, END_SIZE + LONGEST_COMMENT)
  const tail = Buffer.alloc(tailSize)
  const tailAt = source.size - tailSize
  await source.read(tail, tailAt)
  for (let i = tailSize - END_SIZE; i >= 0; i--) {
    if (tail.readUInt32LE(i) !== END_SIGNATURE) continue
    if (i + END_SIZE + tail.readUInt16LE(i + 20) !== tailSize) continue
    const entries = tail.readUInt16LE(i + 10)
    const size = tail.readUInt32LE(i + 12)
    const at = tail.readUInt32LE(i + 16)
    const recordAt = tailAt + i
    if (entries === 0xffff || size === 0xffffffff || at === 0xffffffff) {
      const end64 = await findEnd64(source, recordAt)
      if (end64 !== null) return end64
    }
    if (tail.readUInt16LE(i + 4) !== 0 || tail.readUInt16LE(i + 6) !== 0 || tail.readUInt16LE(i + 8) !== entries) {
      throw broken('split over several disks')
    }
    return { entries, size, at, recordAt }
  }
  throw broken('no end of directory')
}

async function findEnd64(source: Source, endAt: number): Promise<DirectoryEnd | null> {
  if (endAt < 20) return null
  const locator = Buffer.alloc(20)
  await source.read(locator, endAt - 20)
  if (locator.readUInt32LE(0) !== LOCATOR_SIGNATURE) return null
  const recordAt = safe(locator.readBigUInt64LE(8))
  if (recordAt + 56 > endAt - 20) throw broken('ZIP64 record outside the file')
  const record = Buffer.alloc(56)
  await source.read(record, recordAt)
  if (record.readUInt32LE(0) !== END64_SIGNATURE) throw broken('ZIP64 record')
  if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0) throw broken('split over several disks')
  return {
    entries: safe(record.readBigUInt64LE(32)),
    size: safe(record.readBigUInt64LE(40)),
    at: safe(record.readBigUInt64LE(48)),
    recordAt,
  }
}

function readEntry(bytes: Buffer, at: number, nameLength: number, extraLength: number): Omit<ZipEntry, 'endsBefore'> {
  const flags = bytes.readUInt16LE(at + 8)
  const nameAt = at + ENTRY_SIZE
  // Bit 11 says UTF-8; without it the name is in some old code page, and ASCII in every file of a workbook.
  const name = bytes
    .toString((flags & 0x800) !== 0 ? 'utf8' : 'latin1', nameAt, nameAt + nameLength)
    .replaceAll('\\', '/')
  if (isUnsafePath(name)) throw new SheetError('sheet-broken-zip', { reason: 'path', part: name.slice(0, 200) })
  let size = bytes.readUInt32LE(at + 24)
  let compressedSize = bytes.readUInt32LE(at + 20)
  let headerAt = bytes.readUInt32LE(at + 42)
  if (size === 0xffffffff || compressedSize === 0xffffffff || headerAt === 0xffffffff) {
    const wide = zip64Fields(bytes, nameAt + nameLength, extraLength)
    if (size === 0xffffffff) size = wide.next()
    if (compressedSize === 0xffffffff) compressedSize = wide.next()
    if (headerAt === 0xffffffff) headerAt = wide.next()
  }
  return {
    name,
    method: bytes.readUInt16LE(at + 10),
    encrypted: (flags & 1) !== 0,
    crc32: bytes.readUInt32LE(at + 16),
    compressedSize,
    size,
    headerAt,
  }
}

/** The 8-byte fields of the ZIP64 extra block; only the overflowing ones are present, always in the same order. */
function zip64Fields(bytes: Buffer, from: number, length: number): { next(): number } {
  const end = from + length
  let at = from
  while (at + 4 <= end) {
    const size = bytes.readUInt16LE(at + 2)
    if (bytes.readUInt16LE(at) === 1 && at + 4 + size <= end) {
      let field = at + 4
      const fieldsEnd = field + size
      return {
        next() {
          if (field + 8 > fieldsEnd) throw broken('ZIP64 field')
          field += 8
          return safe(bytes.readBigUInt64LE(field - 8))
        },
      }
    }
    at += 4 + size
  }
  throw broken('ZIP64 field')
}

function checked(found: Omit<ZipEntry, 'endsBefore'>[], directoryAt: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  const names = new Set<string>()
  const byPlace = found.toSorted((a, b) => a.headerAt - b.headerAt)
  for (const [i, entry] of byPlace.entries()) {
    const endsBefore = byPlace[i + 1]?.headerAt ?? directoryAt
    if (entry.headerAt + LOCAL_SIZE + entry.compressedSize > endsBefore) throw broken(`entries overlap: ${entry.name}`)
    // The names of OPC parts are compared without case: two that differ only so would be read differently elsewhere.
    if (names.has(entry.name.toLowerCase())) throw broken(`name twice: ${entry.name}`)
    names.add(entry.name.toLowerCase())
    if (entry.size > HARMLESS_SIZE && entry.size > entry.compressedSize * HIGHEST_RATIO) {
      throw new SheetError('sheet-bomb', {
        part: entry.name,
        limit: HIGHEST_RATIO,
        actual: Math.round(entry.size / Math.max(1, entry.compressedSize)),
      })
    }
    entries.set(entry.name, { ...entry, endsBefore })
  }
  return entries
}

function safe(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('impossible size')
  return Number(value)
}

function broken(reason: string): SheetError {
  return new SheetError('sheet-broken-zip', { reason })
}
