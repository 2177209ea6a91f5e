import { crc32, deflateRawSync } from 'node:zlib'

/** One file of a handmade zip; the optional fields lie about it. */
export interface HandmadePart {
  readonly name: string
  readonly data: string | Uint8Array
  readonly stored?: boolean
  readonly method?: number
  readonly flags?: number
  readonly crc?: number
  readonly declaredSize?: number
  readonly declaredPackedSize?: number
  /** Bytes of deflate to use as they are. */
  readonly packed?: Uint8Array
  readonly localName?: string
  /** Where the directory claims that the entry begins. */
  readonly headerAt?: number
  readonly zip64?: boolean
}

/** A zip as its parts tell, right or wrong. */
export function zipOf(parts: readonly HandmadePart[], comment = ''): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const data = Buffer.from(part.data as string)
    const packed = Buffer.from(part.packed ?? (part.stored === true ? data : deflateRawSync(data)))
    const method = part.method ?? (part.stored === true ? 0 : 8)
    const flags = part.flags ?? 0x800
    const crc = part.crc ?? crc32(data)
    const size = part.declaredSize ?? data.length
    const packedSize = part.declaredPackedSize ?? packed.length
    const localName = Buffer.from(part.localName ?? part.name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt32LE(crc, 14)
    local.writeUInt32LE(packedSize, 18)
    local.writeUInt32LE(Math.min(size, 0xffffffff), 22)
    local.writeUInt16LE(localName.length, 26)
    pieces.push(local, localName, packed)
    const name = Buffer.from(part.name)
    const extra = part.zip64 === true ? zip64Extra(size, packedSize, part.headerAt ?? at) : Buffer.alloc(0)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(method, 10)
    entry.writeUInt32LE(crc, 16)
    entry.writeUInt32LE(part.zip64 === true ? 0xffffffff : packedSize, 20)
    entry.writeUInt32LE(part.zip64 === true ? 0xffffffff : size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt16LE(extra.length, 30)
    entry.writeUInt32LE(part.zip64 === true ? 0xffffffff : (part.headerAt ?? at), 42)
    directory.push(entry, name, extra)
    at += local.length + localName.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...pieces, central, end, Buffer.from(comment)])
}

function zip64Extra(size: number, packedSize: number, at: number): Buffer {
  const extra = Buffer.alloc(28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(BigInt(size), 4)
  extra.writeBigUInt64LE(BigInt(packedSize), 12)
  extra.writeBigUInt64LE(BigInt(at), 20)
  return extra
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

export interface HandmadeBook {
  /** The whole worksheet part, or only what stands inside `<sheetData>`. */
  readonly sheet?: string | Uint8Array
  readonly rows?: string
  /** What stands inside `<sst>`. */
  readonly strings?: string
  /** What stands inside `<cellXfs>`, and before it. */
  readonly xfs?: string
  readonly numFmts?: string
  readonly workbookPr?: string
  readonly state?: string
  readonly extra?: readonly HandmadePart[]
  readonly sheetPart?: Partial<HandmadePart>
}

/** The parts of a small workbook with one sheet named S. */
export function bookParts(book: HandmadeBook): HandmadePart[] {
  const sheet = book.sheet ?? `<worksheet xmlns="${MAIN}"><sheetData>${book.rows ?? ''}</sheetData></worksheet>`
  const relationships = [
    `<Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>`,
    `<Relationship Id="rId2" Type="${OFFICE}/styles" Target="/xl/styles.xml"/>`,
    ...(book.strings === undefined
      ? []
      : [`<Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/>`]),
  ]
  const package_ = 'http://schemas.openxmlformats.org/package/2006'
  return [
    { name: '[Content_Types].xml', data: `<Types xmlns="${package_}/content-types"/>` },
    {
      name: '_rels/.rels',
      data: `<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data:
        `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${book.workbookPr ?? ''}` +
        `<sheets><sheet name="S" sheetId="1"${book.state === undefined ? '' : ` state="${book.state}"`} r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships xmlns="${package_}/relationships">${relationships.join('')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet xmlns="${MAIN}">${book.numFmts ?? ''}<cellXfs>${book.xfs ?? '<xf numFmtId="0"/>'}</cellXfs></styleSheet>`,
    },
    ...(book.strings === undefined
      ? []
      : [{ name: 'xl/sharedStrings.xml', data: `<sst xmlns="${MAIN}">${book.strings}</sst>` }]),
    { name: 'xl/worksheets/sheet1.xml', data: sheet, ...book.sheetPart },
    ...(book.extra ?? []),
  ]
}

/** A small workbook as bytes. */
export function bookOf(book: HandmadeBook): Buffer {
  return zipOf(bookParts(book))
}

export const worksheet = (inside: string): string => `<worksheet xmlns="${MAIN}">${inside}</worksheet>`
