import type { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'

const AMP = 38
const UNDERSCORE = 95
const CR = 13
const LF = 10

/**
 * Resolves entities (and, with `escapes`, the `_x000D_` escapes of spreadsheets) in the UTF-8 bytes `[from, to)` and returns the
 * new end. Done in place: what an entity stands for is never longer than the entity.
 * @throws SheetError `sheet-dtd` for an entity that only a DTD could define, `sheet-broken-part` for one without an end
 */
export function decodeInPlace(bytes: Buffer, from: number, to: number, escapes: boolean): number {
  let write = from
  let read = from
  while (read < to) {
    const byte = bytes[read] as number
    if (byte === AMP) {
      const end = bytes.indexOf(59, read)
      if (end < 0 || end >= to || end - read > 12)
        throw new SheetError('sheet-broken-part', { reason: 'entity without an end' })
      write = putCodePoint(bytes, write, entityPoint(bytes.toString('latin1', read + 1, end)))
      read = end + 1
    } else if (byte === UNDERSCORE && escapes && isEscape(bytes, read, to)) {
      const unit = Number.parseInt(bytes.toString('latin1', read + 2, read + 6), 16)
      read += 7
      const low = unit >= 0xd800 && unit < 0xdc00 && isEscape(bytes, read, to) ? hexAt(bytes, read) : 0
      if (low >= 0xdc00 && low < 0xe000) {
        write = putCodePoint(bytes, write, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
        read += 7
      } else {
        write = putCodePoint(bytes, write, unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit)
      }
    } else if (byte === CR) {
      // XML says that every line end reads as LF.
      bytes[write++] = LF
      read += read + 1 < to && bytes[read + 1] === LF ? 2 : 1
    } else {
      bytes[write++] = byte
      read += 1
    }
  }
  return write
}

/** Whether `_xHHHH_` stands at `at`. */
function isEscape(bytes: Buffer, at: number, to: number): boolean {
  return at + 7 <= to && /^_x[0-9a-f]{4}_$/i.test(bytes.toString('latin1', at, at + 7))
}

function hexAt(bytes: Buffer, at: number): number {
  return Number.parseInt(bytes.toString('latin1', at + 2, at + 6), 16)
}

function entityPoint(name: string): number {
  if (name === 'amp') return 38
  if (name === 'lt') return 60
  if (name === 'gt') return 62
  if (name === 'quot') return 34
  if (name === 'apos') return 39
  const match = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}))$/.exec(name)
  if (match === null) throw new SheetError('sheet-dtd', { value: `&${name};` })
  const point = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16)
  if (point > 0x10ffff) throw new SheetError('sheet-broken-part', { value: `&${name};` })
  return point >= 0xd800 && point < 0xe000 ? 0xfffd : point
}

function putCodePoint(bytes: Buffer, at: number, point: number): number {
  if (point < 0x80) {
    bytes[at] = point
    return at + 1
  }
  if (point < 0x800) {
    bytes[at] = 0xc0 | (point >> 6)
    bytes[at + 1] = 0x80 | (point & 63)
    return at + 2
  }
  if (point < 0x10000) {
    bytes[at] = 0xe0 | (point >> 12)
    bytes[at + 1] = 0x80 | ((point >> 6) & 63)
    bytes[at + 2] = 0x80 | (point & 63)
    return at + 3
  }
  bytes[at] = 0xf0 | (point >> 18)
  bytes[at + 1] = 0x80 | ((point >> 12) & 63)
  bytes[at + 2] = 0x80 | ((point >> 6) & 63)
  bytes[at + 3] = 0x80 | (point & 63)
  return at + 4
}
