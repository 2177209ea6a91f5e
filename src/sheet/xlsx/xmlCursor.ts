import type { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'
import { decodeInPlace } from './xmlText.ts'

/** What the cursor stands on. `more`: the bytes end inside it. */
export const TOKEN = { more: 0, open: 1, close: 2, empty: 3, text: 4, other: 5 } as const

const LT = 60
const GT = 62
const SLASH = 47
const BANG = 33
const QUESTION = 63
const COLON = 58
const DQUOTE = 34
const SQUOTE = 39

/**
 * Walks over the tags and texts of XML bytes, one token a call, and stops with `more` where the bytes end inside a token.
 * Knows no DTD: a DOCTYPE is refused, and with it every entity but the five of XML.
 */
export class XmlCursor {
  bytes: Buffer
  /** Start of the next token. */
  at: number
  limit: number
  /** Where the name of a tag stands, with and without its prefix. */
  nameFrom = 0
  localFrom = 0
  nameTo = 0
  /** Where a text stands; CDATA has its brackets left out. */
  textFrom = 0
  textTo = 0
  cdata = false
  #tagTo = 0

  constructor(bytes: Buffer, at = 0, limit = bytes.length) {
    this.bytes = bytes
    this.at = at
    this.limit = limit
  }

  /** Reads one token and stands after it; with `more` it stays where it was. */
  next(): number {
    const { bytes, at, limit } = this
    if (at >= limit) return TOKEN.more
    if (bytes[at] !== LT) {
      let end = bytes.indexOf(LT, at)
      if (end < 0 || end > limit) end = limit
      // Text is complete only when the next tag is seen.
      if (end === limit) return TOKEN.more
      this.textFrom = at
      this.textTo = end
      this.cdata = false
      this.at = end
      return TOKEN.text
    }
    const first = bytes[at + 1]
    if (at + 1 >= limit) return TOKEN.more
    if (first === BANG) return this.#declaration()
    if (first === QUESTION) return this.#skipTo('?>', at + 2)
    return this.#tag(first === SLASH)
  }

  /** Local name of the tag, without prefix. */
  name(): string {
    return this.bytes.toString('latin1', this.localFrom, this.nameTo)
  }

  /** Prefix of the tag with its colon, or ''. */
  prefix(): string {
    return this.bytes.toString('latin1', this.nameFrom, this.localFrom)
  }

  /** Value of an attribute of the tag just read, by its name as written (`r:id`), decoded; null when absent. */
  attribute(name: string): string | null {
    for (const [key, value] of this.attributes()) if (key === name) return value
    return null
  }

  /** All attributes of the tag just read, as written, values decoded. */
  attributes(): [string, string][] {
    const text = this.bytes.toString('utf8', this.nameTo, this.#tagTo)
    const found: [string, string][] = []
    const pattern = /\s+([^\s=/>"'<]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')|(\s*\/?\s*$)|(.)/gsy
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      if (match[5] !== undefined)
        throw new SheetError('sheet-broken-part', { reason: 'attribute', value: text.slice(0, 80) })
      if (match[1] === undefined) break
      found.push([match[1], decodedAttribute(match[2] ?? match[3] ?? '')])
    }
    return found
  }

  /** The text just read, entities resolved. Changes the bytes under it. */
  text(): string {
    const to = this.cdata ? this.textTo : decodeInPlace(this.bytes, this.textFrom, this.textTo, false)
    return this.bytes.toString('utf8', this.textFrom, to)
  }

  /** After an opening tag: passes over the element with all it holds. Where it ends, or -1 when the bytes end before. */
  skipRest(): number {
    for (let depth = 1; depth > 0; ) {
      const token = this.next()
      if (token === TOKEN.more) return -1
      if (token === TOKEN.open) depth += 1
      else if (token === TOKEN.close) depth -= 1
    }
    return this.at
  }

  #tag(closing: boolean): number {
    const { bytes, limit } = this
    const nameFrom = this.at + (closing ? 2 : 1)
    let i = nameFrom
    let localFrom = nameFrom
    let byte = bytes[i]
    while (i < limit && byte !== GT && byte !== SLASH && (byte as number) > 32) {
      if (byte === COLON) localFrom = i + 1
      byte = bytes[++i]
    }
    const nameTo = i
    while (i < limit && byte !== GT) {
      if (byte === DQUOTE || byte === SQUOTE) {
        i = bytes.indexOf(byte, i + 1)
        if (i < 0 || i >= limit) return TOKEN.more
      } else if (byte === LT) {
        throw new SheetError('sheet-broken-part', { reason: 'tag inside a tag' })
      }
      byte = bytes[++i]
    }
    if (i >= limit) return TOKEN.more
    if (nameTo === localFrom) throw new SheetError('sheet-broken-part', { reason: 'tag without a name' })
    this.nameFrom = nameFrom
    this.localFrom = localFrom
    this.nameTo = nameTo
    this.#tagTo = i
    this.at = i + 1
    if (closing) return TOKEN.close
    return bytes[i - 1] === SLASH ? TOKEN.empty : TOKEN.open
  }

  #declaration(): number {
    const { bytes, at, limit } = this
    if (limit - at < 9) return TOKEN.more
    if (bytes[at + 2] === 45 && bytes[at + 3] === 45) return this.#skipTo('-->', at + 4)
    if (bytes.toString('latin1', at, at + 9) === '<![CDATA[') {
      const end = bytes.indexOf(']]>', at + 9)
      if (end < 0 || end + 3 > limit) return TOKEN.more
      this.textFrom = at + 9
      this.textTo = end
      this.cdata = true
      this.at = end + 3
      return TOKEN.text
    }
    if (/^<!(doctype|entity|element|attlist|notation)/i.test(bytes.toString('latin1', at, at + 10)))
      throw new SheetError('sheet-dtd')
    throw new SheetError('sheet-broken-part', { reason: 'declaration' })
  }

  #skipTo(mark: string, from: number): number {
    const end = this.bytes.indexOf(mark, from)
    if (end < 0 || end + mark.length > this.limit) return TOKEN.more
    this.at = end + mark.length
    return TOKEN.other
  }
}

function decodedAttribute(value: string): string {
  return value.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name]
    if (named !== undefined) return named
    const number = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(name)
    const point =
      number === null ? Number.NaN : Number.parseInt(number[1] ?? (number[2] as string), number[1] ? 16 : 10)
    if (!(point <= 0x10ffff)) throw new SheetError('sheet-dtd', { value: whole.slice(0, 40) })
    return String.fromCodePoint(point)
  })
}
