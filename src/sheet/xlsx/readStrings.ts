import { Buffer, isUtf8 } from 'node:buffer'
import { ByteWindow, completeUtf8End } from '../byteWindow.ts'
import { wordsOf } from '../sameBytes.ts'
import { SheetError } from '../sheetError.ts'
import { StringTable } from '../stringTable.ts'
import { SpecialBytes } from './specialBytes.ts'
import { LONGEST_CELL } from './xlsxLimits.ts'
import { TOKEN, XmlCursor } from './xmlCursor.ts'
import { decodeInPlace } from './xmlText.ts'

const GT = 62
/** Tags of a plain string as numbers of four and eight bytes: `<si>`, `><t>`, `><t ` and what follows it, `</t></si` before its `>`. */
const SI = word4('<si>')
const T = word4('><t>')
const T_SPACED = word4('><t ')
const SPACED = ' xml:space="preserve">'
const CLOSE = word8('</t></si')
/** Written four bytes at a time, a string may reach so far behind its end. */
const SPARE = 8
const LTS = word4('<<<<')

/**
 * Reads sharedStrings.xml into one block of text: runs of rich text joined, phonetic guides left out, escapes resolved.
 * @param size bytes that the text cannot exceed
 */
export async function readStrings(pieces: AsyncIterable<Buffer>, size: number): Promise<StringTable> {
  const reader = new StringsReader(size)
  for await (const piece of pieces) reader.push(piece)
  return reader.end()
}

class StringsReader {
  readonly #window = new ByteWindow(1 << 20)
  readonly #special = new SpecialBytes()
  readonly #text: Buffer
  readonly #textWords: DataView
  #textLength = 0
  #offsets = new Uint32Array(1 << 12)
  #count = 0
  #checked = 0
  #retryAt = 0
  #root: 'before' | 'inside' | 'after' = 'before'

  constructor(size: number) {
    // Never longer than the XML it comes from; memory that is not written to costs nothing.
    this.#text = Buffer.allocUnsafeSlow(size + SPARE)
    this.#textWords = wordsOf(this.#text)
  }

  push(piece: Buffer): void {
    const window = this.#window
    window.append(piece)
    const end = completeUtf8End(window.bytes, this.#checked, window.length)
    if (!isUtf8(window.bytes.subarray(this.#checked, end))) throw broken('not UTF-8')
    this.#checked = end
    if (window.length < this.#retryAt) return
    const done = this.#scan()
    window.dropBefore(done)
    this.#checked -= done
    if (window.length > LONGEST_CELL) throw new SheetError('sheet-too-large', { limit: LONGEST_CELL, reason: 'string' })
    // A string that is still incomplete is looked at again when twice as much is there, so long ones cost no more per byte.
    this.#retryAt = window.length * 2
  }

  end(): StringTable {
    this.#window.dropBefore(this.#scan())
    if (this.#root !== 'after' || this.#window.bytes.toString('latin1', 0, this.#window.length).trim() !== '') {
      throw broken('ends early')
    }
    return new StringTable(this.#text, this.#offsets, this.#count)
  }

  /** Takes all complete strings of the window; returns where the first incomplete one begins. */
  #scan(): number {
    const { bytes, length } = this.#window
    const words = wordsOf(bytes)
    this.#special.changed(length)
    let at = 0
    while (at < length) {
      if (this.#root === 'inside') {
        const after = this.#plain(bytes, words, at)
        if (after > 0) {
          at = after
          continue
        }
      }
      const after = this.#thorough(bytes, at, length)
      if (after < 0) break
      at = after
    }
    return at
  }

  /** `<si><t>…</t></si>`, as nearly every string is written; 0 when it is anything else. */
  #plain(bytes: Buffer, words: DataView, at: number): number {
    if (words.getInt32(at, true) !== SI) return 0
    const open = words.getInt32(at + 3, true)
    let from = at + 7
    if (open === T_SPACED) {
      if (bytes.toString('latin1', at + 6, at + 6 + SPACED.length) !== SPACED) return 0
      from = at + 6 + SPACED.length
    } else if (open !== T) return 0
    // copied while its end is looked for, four bytes at a time
    const into = this.#textWords
    const write = this.#textLength
    let i = from
    let ends = 0
    for (;;) {
      const word = words.getInt32(i, true)
      into.setInt32(write + i - from, word, true)
      const other = word ^ LTS
      ends = (other - 0x01010101) & ~other & 0x80808080
      if (ends !== 0) break
      i += 4
    }
    const to = i + ((31 - Math.clz32(ends & -ends)) >> 3)
    if (words.getFloat64(to, true) !== CLOSE || bytes[to + 8] !== GT) return 0
    if (this.#special.within(bytes, from, to)) {
      const end = decodeInPlace(bytes, from, to, true)
      this.#textLength = write + bytes.copy(this.#text, write, from, end)
    } else this.#textLength = write + to - from
    this.#close()
    return to + 9
  }

  #thorough(bytes: Buffer, at: number, length: number): number {
    const cursor = new XmlCursor(bytes, at, length)
    const token = cursor.next()
    if (token === TOKEN.more) return -1
    if (token === TOKEN.text) {
      if (cursor.text().trim() !== '') throw broken('text between strings')
    } else if (token !== TOKEN.other) {
      const name = cursor.name()
      if (name === 'si' && this.#root === 'inside') {
        if (token === TOKEN.empty) this.#close()
        else if (token === TOKEN.close) throw broken('</si>')
        else if (!this.#item(cursor)) return -1
      } else if (name === 'sst' && this.#root !== 'after') {
        this.#root = token === TOKEN.open && this.#root === 'before' ? 'inside' : 'after'
      } else if (this.#root === 'inside' && name === 'extLst' && token !== TOKEN.close) {
        if (token === TOKEN.open && cursor.skipRest() < 0) return -1
      } else throw new SheetError('sheet-unsupported', { found: name })
    }
    return cursor.at
  }

  /** The inside of one `<si>`; false when its end is not there yet. */
  #item(cursor: XmlCursor): boolean {
    const path: string[] = ['si']
    const ranges: [number, number, boolean][] = []
    while (path.length > 0) {
      const token = cursor.next()
      if (token === TOKEN.more) return false
      if (token === TOKEN.open) path.push(cursor.name())
      else if (token === TOKEN.close && path.pop() !== cursor.name()) throw broken(`</${cursor.name()}>`)
      else if (token === TOKEN.text && path.at(-1) === 't' && !path.includes('rPh')) {
        ranges.push([cursor.textFrom, cursor.textTo, cursor.cdata])
      }
    }
    for (const [from, to, cdata] of ranges) {
      const end = cdata ? to : decodeInPlace(cursor.bytes, from, to, true)
      this.#textLength += cursor.bytes.copy(this.#text, this.#textLength, from, end)
    }
    this.#close()
    return true
  }

  #close(): void {
    this.#count += 1
    if (this.#count === this.#offsets.length) {
      const bigger = new Uint32Array(this.#offsets.length * 2)
      bigger.set(this.#offsets)
      this.#offsets = bigger
    }
    this.#offsets[this.#count] = this.#textLength
  }
}

function word4(text: string): number {
  return Buffer.from(text).readInt32LE(0)
}

function word8(text: string): number {
  return Buffer.from(text).readDoubleLE(0)
}

function broken(reason: string): SheetError {
  return new SheetError('sheet-broken-part', { reason })
}
