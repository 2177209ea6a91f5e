import type { Buffer } from 'node:buffer'

const SLASH = 47
const LT = 60
const GT = 62

/** `</row>` */
export function isRowEnd(bytes: Buffer, at: number): boolean {
  return bytes[at + 2] === 114 && bytes[at + 3] === 111 && bytes[at + 4] === 119 && bytes[at + 5] === GT
}

/** Length of `</v></c>`, and these eight bytes as the number that they are in a `DataView`. */
export const VALUE_END = 8
export const VALUE_END_WORD = new DataView(new TextEncoder().encode('</v></c>').buffer).getFloat64(0, true)

/** `</v></c>` */
export function isValueEnd(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 1] === SLASH &&
    bytes[at + 2] === 118 &&
    bytes[at + 3] === GT &&
    bytes[at + 4] === LT &&
    bytes[at + 5] === SLASH &&
    bytes[at + 6] === 99 &&
    bytes[at + 7] === GT
  )
}

/** Length of `</t></is></c>`. */
export const INLINE_END = 13

/** `</t></is></c>` */
export function isInlineEnd(bytes: Buffer, at: number): boolean {
  return (
    bytes[at + 1] === SLASH &&
    bytes[at + 2] === 116 &&
    bytes[at + 3] === GT &&
    bytes[at + 4] === LT &&
    bytes[at + 5] === SLASH &&
    bytes[at + 6] === 105 &&
    bytes[at + 7] === 115 &&
    bytes[at + 8] === GT &&
    bytes[at + 9] === LT &&
    bytes[at + 10] === SLASH &&
    bytes[at + 11] === 99 &&
    bytes[at + 12] === GT
  )
}

/** 1 for bytes that text goes on with: all but the tag behind it and `&`, `_`, CR, which have to be decoded. */
export const PLAIN_TEXT = new Uint8Array(256).fill(1)
for (const byte of [LT, 38, 95, 13]) PLAIN_TEXT[byte] = 0
