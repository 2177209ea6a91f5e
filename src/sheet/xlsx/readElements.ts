import type { Buffer } from 'node:buffer'
import { SheetError } from '../sheetError.ts'
import { TOKEN, XmlCursor } from './xmlCursor.ts'

/** Local names from the root down to the element itself. */
export type ElementPath = readonly string[]

/**
 * Calls `visit` for every element of a small XML part, in order, with the attributes by their names as written.
 * @throws SheetError `sheet-broken-part` unless the part is well formed to its end, `sheet-dtd`
 */
export function readElements(
  part: Buffer,
  visit: (path: ElementPath, attributes: ReadonlyMap<string, string>) => void,
): void {
  const bytes = plainUtf8(part)
  const cursor = new XmlCursor(bytes)
  const path: string[] = []
  let rootSeen = false
  while (cursor.at < bytes.length) {
    const token = cursor.next()
    if (token === TOKEN.more) {
      if (path.length > 0 || bytes.toString('utf8', cursor.at).trim() !== '') break
      cursor.at = bytes.length
    } else if (token === TOKEN.open || token === TOKEN.empty) {
      if (path.length === 0 && rootSeen) throw new SheetError('sheet-broken-part', { reason: 'second root' })
      rootSeen = true
      path.push(cursor.name())
      visit(path, new Map(cursor.attributes()))
      if (token === TOKEN.empty) path.pop()
    } else if (token === TOKEN.close && path.pop() !== cursor.name()) {
      throw new SheetError('sheet-broken-part', { reason: `</${cursor.name()}>` })
    }
  }
  if (!rootSeen || path.length > 0 || cursor.at < bytes.length)
    throw new SheetError('sheet-broken-part', { reason: 'ends early' })
}

/** XML parts are UTF-8 nearly always; UTF-16 with its mark is allowed too. */
function plainUtf8(part: Buffer): Buffer {
  const encoding = xmlEncodingOf(part)
  if (encoding === 'utf-8') return part[0] === 0xef ? part.subarray(3) : part
  return (part.constructor as typeof Buffer).from(new TextDecoder(encoding).decode(part), 'utf8')
}

/**
 * Encoding of an XML part by its mark or its declaration.
 * @throws SheetError `sheet-unsupported` for one that spreadsheets do not use
 */
export function xmlEncodingOf(start: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(
    start.toString('latin1', 0, 200),
  )?.[1]
  if (declared === undefined || /^(utf-?8|us-ascii)$/i.test(declared)) return 'utf-8'
  throw new SheetError('sheet-unsupported', { found: declared })
}
