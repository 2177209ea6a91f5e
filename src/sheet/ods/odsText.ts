import { SheetError } from '../sheetError.ts'
import type { XmlCursor } from '../xlsx/xmlCursor.ts'

/** A cell holds no more; what repeats blanks beyond that is no text. */
const LONGEST = 1 << 20

/**
 * Puts the text of a cell together: paragraphs become lines, white space collapses as in the standard (OpenDocument 1.3, part 3, 6.1.2),
 * `text:s`, tabs and line breaks count, comments do not.
 */
export class OdsText {
  #lines: string[] = []
  #line = ''
  #paragraphs = 0
  #ignored = 0

  start(): void {
    this.#lines = []
    this.#line = ''
    this.#paragraphs = 0
    this.#ignored = 0
  }

  open(name: string, cursor: XmlCursor): void {
    if (this.#ignored > 0 || isIgnored(name)) this.#ignored += isIgnored(name) ? 1 : 0
    else if (name === 'text:p' || name === 'text:h') {
      if (this.#paragraphs === 0) this.#line = ''
      this.#paragraphs += 1
    } else if (name === 'text:s') {
      const count = Number(cursor.attribute('text:c') ?? 1)
      if (!(count >= 0 && this.#line.length + count <= LONGEST))
        throw new SheetError('sheet-too-large', { limit: LONGEST, reason: 'text:s' })
      this.#line += ' '.repeat(count)
    } else if (name === 'text:tab') this.#line += '\t'
    else if (name === 'text:line-break') this.#line += '\n'
  }

  close(name: string): void {
    if (isIgnored(name)) this.#ignored -= 1
    else if (this.#ignored === 0 && (name === 'text:p' || name === 'text:h')) {
      this.#paragraphs -= 1
      if (this.#paragraphs === 0) this.#lines.push(this.#line)
    }
  }

  text(text: string): void {
    if (this.#ignored > 0 || this.#paragraphs === 0) return
    const collapsed = text.replace(/[ \t\r\n]+/g, ' ')
    this.#line += this.#line === '' || this.#line.endsWith(' ') ? collapsed.replace(/^ /, '') : collapsed
    if (this.#line.length > LONGEST) throw new SheetError('sheet-too-large', { limit: LONGEST, reason: 'cell' })
  }

  end(): string {
    return this.#lines.join('\n')
  }
}

/** Comments, and drawings with texts of their own. */
function isIgnored(name: string): boolean {
  return name === 'office:annotation' || name.startsWith('draw:')
}
