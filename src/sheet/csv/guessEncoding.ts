import { Buffer, isAscii, isUtf8 } from 'node:buffer'
import { type ByteStream, firstBytes } from '../byteStream.ts'
import { throwIfCancelled } from '../sheetError.ts'
import type { Encoding, EncodingGuess, OpenOptions } from '../workbook.ts'
import { CODE_PAGES, type CodePage, decodeCodePage } from './codePage.ts'
import { scoreLetters } from './scoreLetters.ts'
import { encodingOfMark, utf16WithoutMark } from './unicodeMark.ts'

const START = 1 << 16
/** Enough letters to tell the code pages apart. */
const ENOUGH = 1 << 16
const LONGEST_SAMPLE = 200
const LONGEST_LINE = 1 << 20

/**
 * Proposes the encoding of a text file and says on what evidence. ASCII at the start proves nothing about row 900,000, so the
 * file is read until letters beyond ASCII are found.
 */
export async function guessEncoding(
  stream: ByteStream,
  { encoding: asked, signal }: OpenOptions,
): Promise<EncodingGuess> {
  const start = await firstBytes(stream, START)
  const marked = encodingOfMark(start)
  if (asked === undefined && marked !== null) return guess(marked, 'bom', start)
  const utf16 = utf16WithoutMark(start)
  if (asked === undefined && utf16 !== null) return guess(utf16, 'valid', start)
  const letters = await linesWithLetters(stream, signal)
  if (asked !== undefined) return guess(asked, 'asked', letters ?? start)
  if (letters === null) return guess('utf-8', 'ascii', start)
  if (isUtf8(letters)) return guess('utf-8', 'valid', letters)
  return guess(bestCodePage(letters), 'letters', letters)
}

/** Whole lines with bytes beyond ASCII from as far into the file as needed; null when it is all ASCII. */
async function linesWithLetters(stream: ByteStream, signal: AbortSignal | undefined): Promise<Buffer | null> {
  const found: Buffer[] = []
  let size = 0
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of stream.open()) {
    throwIfCancelled(signal)
    // A line cut off by the end of a piece may be cut inside a letter; one without an end is no line.
    const bytes = rest.length > 0 && rest.length < LONGEST_LINE ? Buffer.concat([rest, piece]) : piece
    const end = bytes.lastIndexOf(10) + 1
    rest = Buffer.from(bytes.subarray(end))
    size += collectLines(bytes.subarray(0, end), found)
    if (size >= ENOUGH) break
  }
  if (size < ENOUGH) collectLines(rest, found)
  return found.length === 0 ? null : Buffer.concat(found)
}

function collectLines(bytes: Buffer, found: Buffer[]): number {
  if (isAscii(bytes)) return 0
  let size = 0
  for (let from = 0; from < bytes.length && size < ENOUGH; ) {
    const end = bytes.indexOf(10, from)
    const to = end < 0 ? bytes.length : end + 1
    const line = bytes.subarray(from, to)
    if (!isAscii(line)) {
      found.push(Buffer.from(line))
      size += line.length
    }
    from = to
  }
  return size
}

function bestCodePage(letters: Buffer): CodePage {
  let best: CodePage = 'windows-1251'
  let bestScore = Number.NEGATIVE_INFINITY
  for (const page of CODE_PAGES) {
    const score = scoreLetters(decodeCodePage(letters, page))
    if (score > bestScore) {
      best = page
      bestScore = score
    }
  }
  return best
}

function guess(encoding: Encoding, evidence: EncodingGuess['evidence'], bytes: Buffer): EncodingGuess {
  const wide = encoding.startsWith('utf-16')
  const line = wide ? bytes : lineWithLetters(bytes)
  const others = evidence === 'letters' || evidence === 'asked' ? CODE_PAGES.filter((page) => page !== encoding) : []
  return {
    encoding,
    evidence,
    sample: sampleOf(line, encoding),
    others: others.map((other) => ({ encoding: other, sample: sampleOf(line, other) })),
  }
}

function lineWithLetters(bytes: Buffer): Buffer {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    const line = bytes.subarray(from, end < 0 ? bytes.length : end)
    if (!isAscii(line)) return line
    if (end < 0) break
    from = end + 1
  }
  return bytes.subarray(0, 0)
}

function sampleOf(line: Buffer, encoding: Encoding): string {
  const start = line.subarray(0, LONGEST_SAMPLE * 4)
  const page = CODE_PAGES.find((known) => known === encoding)
  const text = page === undefined ? new TextDecoder(encoding).decode(start) : decodeCodePage(start, page)
  const wanted = text.split(/\r?\n/).find((part) => part.length !== Buffer.byteLength(part)) ?? ''
  return wanted.slice(0, LONGEST_SAMPLE).trim()
}
