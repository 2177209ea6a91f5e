import { type Buffer, isUtf8 } from 'node:buffer'
import { ByteWindow, completeUtf8End } from '../byteWindow.ts'
import { SheetError } from '../sheetError.ts'
import { LONGEST_CELL } from '../xlsx/xlsxLimits.ts'
import { TOKEN, XmlCursor } from '../xlsx/xmlCursor.ts'

/** What is done with each element and text of the content; names as written (`table:table-row`). */
export interface ContentVisitor {
  open(name: string, cursor: XmlCursor): void
  close(name: string): void
  text(text: string): void
}

/** Walks over content.xml in pieces, checking that it is well formed. */
export class OdsContent {
  readonly #window = new ByteWindow(1 << 20)
  readonly #visitor: ContentVisitor
  readonly #path: string[] = []
  #checked = 0
  #rootSeen = false

  constructor(visitor: ContentVisitor) {
    this.#visitor = visitor
  }

  push(piece: Buffer): void {
    const window = this.#window
    window.append(piece)
    const end = completeUtf8End(window.bytes, this.#checked, window.length)
    if (!isUtf8(window.bytes.subarray(this.#checked, end))) throw broken('not UTF-8')
    this.#checked = end
    const done = this.#scan()
    window.dropBefore(done)
    this.#checked -= done
    if (window.length > LONGEST_CELL) throw new SheetError('sheet-too-large', { limit: LONGEST_CELL, reason: 'cell' })
  }

  end(): void {
    const rest = this.#window.bytes.toString('utf8', 0, this.#window.length)
    if (!this.#rootSeen || this.#path.length > 0 || rest.trim() !== '') throw broken('ends early')
  }

  #scan(): number {
    const cursor = new XmlCursor(this.#window.bytes, 0, this.#window.length)
    for (let token = cursor.next(); token !== TOKEN.more; token = cursor.next()) {
      if (token === TOKEN.text) {
        if (this.#path.length > 0) this.#visitor.text(cursor.text())
      } else if (token !== TOKEN.other) this.#element(cursor, token)
    }
    return cursor.at
  }

  #element(cursor: XmlCursor, token: number): void {
    const name = cursor.prefix() + cursor.name()
    if (token === TOKEN.close) {
      if (this.#path.pop() !== name) throw broken(`</${name}>`)
      this.#visitor.close(name)
      return
    }
    if (this.#path.length === 0) {
      if (this.#rootSeen) throw broken('second root')
      if (name !== 'office:document-content') throw new SheetError('sheet-unsupported', { found: name })
      this.#rootSeen = true
    }
    this.#visitor.open(name, cursor)
    if (token === TOKEN.open) this.#path.push(name)
    else this.#visitor.close(name)
  }
}

function broken(reason: string): SheetError {
  return new SheetError('sheet-broken-part', { reason })
}
