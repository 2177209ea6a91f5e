import { STORED } from '../rowBatch.ts'
import { SheetError } from '../sheetError.ts'
import { TOKEN, XmlCursor } from './xmlCursor.ts'
import { decodeInPlace } from './xmlText.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const ISO_DATE = /^(?:\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?|\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?$/
const CELL_TYPES = ['n', 's', 'str', 'inlineStr', 'b', 'e', 'd']

/**
 * Reads one `<c>` element whatever its shape: prefixes, formulas, rich text, CDATA, comments. Slow and thorough; the row
 * scanner hands over every cell that it does not know at a glance.
 */
export class CellReader {
  /** `A1` as written, or null. */
  reference: string | null = null
  style = 0
  /** 0 when the cell is empty, else one of `STORED`. */
  stored = 0
  /** The value's bytes, or the index of a shared string in `from`. */
  from = 0
  to = 0

  /** Reads the cell at `at`; where it ends, or -1 when the bytes end before it. The bytes of its text are decoded in place. */
  read(bytes: XmlCursor['bytes'], at: number, limit: number, prefix: string): number {
    const cursor = new XmlCursor(bytes, at, limit)
    const first = cursor.next()
    if (first === TOKEN.more) return -1
    let type = 'n'
    this.reference = null
    this.style = 0
    for (const [name, value] of cursor.attributes()) {
      if (name === 'r') this.reference = value.trim()
      else if (name === 's') this.style = Number(value)
      else if (name === 't') type = value.trim()
    }
    if (!CELL_TYPES.includes(type))
      throw new SheetError('sheet-unsupported', { found: `t="${type}"`, ...this.#where() })
    this.stored = 0
    if (first === TOKEN.empty) return cursor.at
    const content = readContent(cursor, prefix)
    if (content === null) return -1
    this.#take(bytes, type, content)
    return cursor.at
  }

  #take(bytes: XmlCursor['bytes'], type: string, content: CellContent): void {
    const inline = type === 'inlineStr'
    const text = type === 'str' || inline
    const ranges = inline ? content.inline : content.value
    const written = ranges !== null && (text || ranges.length > 0)
    if (!written) {
      this.stored = content.formula ? STORED.uncalculated : 0
      this.from = this.to = 0
      return
    }
    let [from, to] = joined(bytes, ranges, text || type === 'e')
    if (!text) [from, to] = trimmed(bytes, from, to)
    if (from === to) {
      this.stored = content.formula && !text ? STORED.uncalculated : 0
      return
    }
    this.from = from
    this.to = to
    if (text) this.stored = STORED.text
    else if (type === 'e') this.stored = STORED.error
    else this.#scalar(bytes, type, bytes.toString('latin1', from, to))
  }

  #scalar(bytes: XmlCursor['bytes'], type: string, value: string): void {
    if (type === 's') {
      if (!/^\d{1,9}$/.test(value)) throw this.#bad(value)
      this.stored = STORED.shared
      this.from = Number(value)
    } else if (type === 'b') {
      if (!/^(0|1|true|false)$/i.test(value)) throw this.#bad(value)
      bytes[this.from] = /^[1t]/i.test(value) ? 49 : 48
      this.to = this.from + 1
      this.stored = STORED.bool
    } else if (type === 'd') {
      if (!ISO_DATE.test(value)) throw this.#bad(value)
      const iso = value
        .replace(/Z$/, '')
        .replace(/\.\d+$/, '')
        .replace(/T00:00(:00)?$/, '')
      this.to = this.from + bytes.write(iso, this.from, 'latin1')
      this.stored = STORED.isoDate
    } else {
      if (!NUMBER.test(value)) throw this.#bad(value)
      this.stored = STORED.number
    }
  }

  #bad(value: string): SheetError {
    return new SheetError('sheet-broken-part', { value: value.slice(0, 80), ...this.#where() })
  }

  #where(): { reason?: string } {
    return this.reference === null ? {} : { reason: this.reference }
  }
}

type Range = [from: number, to: number, cdata: boolean]

interface CellContent {
  formula: boolean
  /** Texts inside `<v>` and inside `<is>`; null when there is no such element. */
  value: Range[] | null
  inline: Range[] | null
}

/** The inside of a cell up to its end tag; null when that is not there yet. */
function readContent(cursor: XmlCursor, prefix: string): CellContent | null {
  const content: CellContent = { formula: false, value: null, inline: null }
  const path: string[] = ['c']
  while (path.length > 0) {
    const token = cursor.next()
    if (token === TOKEN.more) return null
    if (token === TOKEN.close) {
      if (path.pop() !== cursor.name()) throw new SheetError('sheet-broken-part', { reason: `</${cursor.name()}>` })
    } else if (token === TOKEN.text) {
      const range: Range = [cursor.textFrom, cursor.textTo, cursor.cdata]
      const inside = path.at(-1)
      if (path[1] === 'v') content.value?.push(range)
      else if (path[1] === 'is' && inside === 't' && !path.includes('rPh')) content.inline?.push(range)
      else if (path.length === 1 && /[^ \t\r\n]/.test(cursor.bytes.toString('latin1', range[0], range[1]))) {
        throw new SheetError('sheet-broken-part', { reason: 'text between tags' })
      }
    } else if (token !== TOKEN.other) {
      const name = cursor.name()
      if (path.length === 1) {
        if (cursor.prefix() !== prefix || !['f', 'v', 'is', 'extLst'].includes(name)) {
          throw new SheetError('sheet-unsupported', { found: cursor.prefix() + name })
        }
        if (name === 'f') content.formula = true
        else if (name === 'v') content.value ??= []
        else if (name === 'is') content.inline ??= []
      }
      if (token === TOKEN.open) path.push(name)
    }
  }
  return content
}

/** Decodes the ranges and moves them together, so that the text is one piece. */
function joined(bytes: XmlCursor['bytes'], ranges: Range[], escapes: boolean): [number, number] {
  const start = ranges[0]?.[0] ?? 0
  let end = start
  for (const [from, to, cdata] of ranges) {
    const decodedTo = cdata ? to : decodeInPlace(bytes, from, to, escapes)
    bytes.copyWithin(end, from, decodedTo)
    end += decodedTo - from
  }
  return [start, end]
}

function trimmed(bytes: XmlCursor['bytes'], from: number, to: number): [number, number] {
  let start = from
  let end = to
  while (start < end && (bytes[start] as number) <= 32) start++
  while (end > start && (bytes[end - 1] as number) <= 32) end--
  return [start, end]
}
