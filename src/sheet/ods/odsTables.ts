import type { SheetInfo } from '../workbook.ts'
import type { XmlCursor } from '../xlsx/xmlCursor.ts'
import type { ContentVisitor } from './odsContent.ts'

/** Gathers the tables of a document and which of them are hidden. */
export class OdsTables implements ContentVisitor {
  readonly #hiddenStyles = new Set<string>()
  readonly #tables: { name: string; style: string }[] = []
  #style = ''
  #depth = 0

  open(name: string, cursor: XmlCursor): void {
    if (name === 'style:style') this.#style = cursor.attribute('style:name') ?? ''
    else if (name === 'style:table-properties') {
      if (cursor.attribute('table:display') === 'false') this.#hiddenStyles.add(this.#style)
    } else if (name === 'table:table') {
      if (this.#depth === 0) {
        this.#tables.push({
          name: cursor.attribute('table:name') ?? '',
          style: cursor.attribute('table:style-name') ?? '',
        })
      }
      this.#depth += 1
    }
  }

  close(name: string): void {
    if (name === 'table:table') this.#depth -= 1
  }

  text(): void {
    // Only the tables themselves are looked for here.
  }

  get sheets(): SheetInfo[] {
    return this.#tables.map(({ name, style }) => ({
      name,
      visibility: this.#hiddenStyles.has(style) ? 'hidden' : 'visible',
    }))
  }
}
