import { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'
import type { Source } from '../source.ts'

const HEADER_SIZE = 512
const END_OF_CHAIN = 0xfffffffe
const ENTRY_SIZE = 128
const MOST_DIRECTORY_SECTORS = 4096
/** Sectors of the allocation table that the header itself lists. */
const HEADER_PLACES = 109

/**
 * Names of the streams and storages of an OLE2 compound file ([MS-CFB]), which old workbooks and encrypted new ones are kept in.
 * @throws SheetError `sheet-broken-part`
 */
export async function streamNames(source: Source): Promise<string[]> {
  if (source.size < HEADER_SIZE) throw broken('ends early')
  const header = Buffer.alloc(HEADER_SIZE)
  await source.read(header, 0)
  const shift = header.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) throw broken('sector size')
  const sectorSize = 1 << shift
  const names: string[] = []
  const seen = new Set<number>()
  for (
    let sector = header.readUInt32LE(48);
    sector !== END_OF_CHAIN;
    sector = await nextSector(source, header, sectorSize, sector)
  ) {
    if (seen.has(sector) || seen.size > MOST_DIRECTORY_SECTORS) throw broken('directory runs in a circle')
    seen.add(sector)
    const bytes = await readSector(source, sectorSize, sector)
    for (let at = 0; at < sectorSize; at += ENTRY_SIZE) {
      const length = bytes.readUInt16LE(at + 64)
      const type = bytes[at + 66]
      if (type === 0 || length < 2 || length > 64) continue
      names.push(bytes.toString('utf16le', at, at + length - 2))
    }
  }
  return names
}

/** Whether these are the streams of a password-protected package ([MS-OFFCRYPTO]). */
export function isEncryptedPackage(names: readonly string[]): boolean {
  return names.includes('EncryptedPackage') && names.includes('EncryptionInfo')
}

async function nextSector(source: Source, header: Buffer, sectorSize: number, sector: number): Promise<number> {
  const perSector = sectorSize / 4
  const place = await tableSector(source, header, sectorSize, Math.floor(sector / perSector))
  const table = await readSector(source, sectorSize, place)
  return table.readUInt32LE((sector % perSector) * 4)
}

/** Where part `index` of the allocation table lies: the header knows the first 109, a chain of sectors the others. */
async function tableSector(source: Source, header: Buffer, sectorSize: number, index: number): Promise<number> {
  if (index < HEADER_PLACES) return header.readUInt32LE(76 + index * 4)
  const perSector = sectorSize / 4 - 1
  let rest = index - HEADER_PLACES
  let sector = header.readUInt32LE(68)
  while (rest >= perSector) {
    sector = (await readSector(source, sectorSize, sector)).readUInt32LE(perSector * 4)
    rest -= perSector
  }
  return (await readSector(source, sectorSize, sector)).readUInt32LE(rest * 4)
}

async function readSector(source: Source, sectorSize: number, sector: number): Promise<Buffer> {
  const bytes = Buffer.alloc(sectorSize)
  const at = (sector + 1) * sectorSize
  if (at >= source.size) throw broken('ends early')
  await source.read(bytes.subarray(0, Math.min(sectorSize, source.size - at)), at)
  return bytes
}

function broken(reason: string): SheetError {
  return new SheetError('sheet-broken-part', { reason })
}
