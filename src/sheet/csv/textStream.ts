import { Buffer, isUtf8 } from 'node:buffer'
import { completeUtf8End } from '../byteWindow.ts'
import type { Encoding } from '../workbook.ts'
import { codePageDecoder } from './codePage.ts'
import { encodingOfMark } from './unicodeMark.ts'

/** A piece of text as UTF-8, and how many of its characters could not be decoded (they stand as U+FFFD). */
export interface TextPiece {
  readonly utf8: Uint8Array
  readonly bad: number
}

/** Turns the bytes of a text file into UTF-8 without its byte order mark; letters split between pieces are put together. Pieces are lent. */
export async function* textStream(pieces: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<TextPiece> {
  const decode = encoding === 'utf-8' ? utf8Decoder() : encoding.startsWith('utf-16') ? utf16Decoder(encoding) : null
  const convert = decode ?? pageDecoder(encoding)
  let first = true
  for await (const piece of pieces) {
    const mark = first && encodingOfMark(piece) === encoding ? (encoding === 'utf-8' ? 3 : 2) : 0
    first = false
    yield convert(mark > 0 ? piece.subarray(mark) : piece, false)
  }
  yield convert(Buffer.alloc(0), true)
}

type Decode = (piece: Buffer, last: boolean) => TextPiece

function utf8Decoder(): Decode {
  let rest: Buffer = Buffer.alloc(0)
  return (piece, last) => {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    const end = last ? bytes.length : completeUtf8End(bytes, 0, bytes.length)
    rest = Buffer.from(bytes.subarray(end))
    const whole = bytes.subarray(0, end)
    if (isUtf8(whole)) return { utf8: whole, bad: 0 }
    const text = whole.toString('utf8')
    return { utf8: Buffer.from(text, 'utf8'), bad: text.split('�').length - 1 }
  }
}

function utf16Decoder(encoding: Encoding): Decode {
  const decoder = new TextDecoder(encoding)
  return (piece, last) => {
    const text = decoder.decode(piece, { stream: !last })
    return { utf8: Buffer.from(text, 'utf8'), bad: text.split('�').length - 1 }
  }
}

function pageDecoder(encoding: Encoding): Decode {
  const decode = codePageDecoder(encoding as Parameters<typeof codePageDecoder>[0])
  return (piece) => decode(piece)
}
