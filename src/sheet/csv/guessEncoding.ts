import { Buffer, isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { completeUtf8End } from '../byteWindow.ts'
import { utf16WithoutMark } from '../kindOf.ts'
import type { Source } from '../source.ts'
import type { Encoding, EncodingGuess } from '../workbook.ts'
import { CODE_PAGES, type CodePage } from './codePage.ts'
import { scoreLetters } from './scoreLetters.ts'

const PIECE = 1 << 18
/** Enough letters to tell the code pages apart. */
const ENOUGH = 1 << 16
const LONGEST_SAMPLE = 200

/**
 * Proposes the encoding of a text file and says on what evidence. ASCII at the start proves nothing about row 900,000, so the
 * file is read until letters beyond ASCII are found.
 */
export async function guessEncoding(source: Source, asked?: Encoding): Promise<EncodingGuess> {
  const start = Buffer.alloc(Math.min(source.size, PIECE))
  await source.read(start, 0)
  const marked = encodingOfMark(start)
  if (asked === undefined && marked !== null) return guess(marked, 'bom', start)
  const utf16 = utf16WithoutMark(start.subarray(0, 1 << 16))
  if (asked === undefined && utf16 !== null) return guess(utf16, 'valid', start)
  const letters = await findLetters(source, start)
  if (asked !== undefined) return guess(asked, 'asked', letters ?? start)
  if (letters === null) return guess('utf-8', 'ascii', start)
  if (isUtf8(letters.subarray(0, completeUtf8End(letters, 0, letters.length)))) return guess('utf-8', 'valid', letters)
  return guess(bestCodePage(letters), 'letters', letters)
}

/** Encoding announced by a byte order mark, or null. */
export function encodingOfMark(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return null
}

/** Whole lines with bytes beyond ASCII from as far into the file as needed; null when it is all ASCII. */
async function findLetters(source: Source, start: Buffer): Promise<Buffer | null> {
  const found: Buffer[] = []
  let size = 0
  let piece = start
  for (let at = 0; size < ENOUGH && at < source.size; ) {
    if (!isAscii(piece)) {
      const lines = linesWithLetters(piece)
      found.push(lines)
      size += lines.length
    }
    at += piece.length
    if (at >= source.size) break
    piece = Buffer.allocUnsafe(Math.min(PIECE, source.size - at))
    await source.read(piece, at)
  }
  return size === 0 ? null : Buffer.concat(found).subarray(0, ENOUGH * 2)
}

function linesWithLetters(piece: Buffer): Buffer {
  const lines: Buffer[] = []
  for (let from = 0; from < piece.length; ) {
    const end = piece.indexOf(10, from)
    const to = end < 0 ? piece.length : end + 1
    const line = piece.subarray(from, to)
    // The cut-off lines at both ends of a piece may begin or end inside a letter.
    if (!isAscii(line) && (end >= 0 || piece.length < PIECE)) lines.push(line)
    from = to
  }
  return lines.length > 0 ? Buffer.concat(lines) : piece
}

function bestCodePage(letters: Buffer): CodePage {
  let best: CodePage = 'windows-1251'
  let bestScore = Number.NEGATIVE_INFINITY
  for (const page of CODE_PAGES) {
    const score = scoreLetters(iconv.decode(letters, page))
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
  const text = iconv.decode(line.subarray(0, LONGEST_SAMPLE * 4), encoding)
  const wanted = text.split(/\r?\n/).find((part) => part.length !== Buffer.byteLength(part)) ?? ''
  return wanted.slice(0, LONGEST_SAMPLE)
}
