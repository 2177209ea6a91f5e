import type { CellMark } from './cellInput.ts'
import { escapeAttribute } from './xmlEscape.ts'

/** `header` is the first row of a sheet. */
export type StyleMark = CellMark | 'header' | ''

/** Font and fill of each mark, as indexes into the lists below. */
const MARKS: Record<StyleMark, { font: number; fill: number }> = {
  '': { font: 0, fill: 0 },
  header: { font: 1, fill: 2 },
  bold: { font: 1, fill: 0 },
  error: { font: 0, fill: 3 },
  warning: { font: 0, fill: 4 },
  wrap: { font: 0, fill: 0 },
}

const FONTS = '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
const FILLS = ['FFDCE6F1', 'FFFFD9D9', 'FFFFF2CC']
  .map((colour) => `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/></patternFill></fill>`)
  .join('')

/** Collects the cell styles that a workbook turns out to need, a number for each pair of format and mark. */
export class StyleBook {
  readonly #formats: string[] = []
  readonly #styles = new Map<string, number>()
  readonly #xml: string[] = []

  constructor() {
    this.style('General', '')
  }

  /** Number of the style with this number format (as spreadsheets store it, e.g. `dd.mm.yyyy`) and mark. */
  style(format: string, mark: StyleMark): number {
    const key = `${mark}|${format}`
    const known = this.#styles.get(key)
    if (known !== undefined) return known
    const number = this.#xml.length
    const { font, fill } = MARKS[mark]
    const wrap = mark === 'header' || mark === 'wrap' ? '<alignment vertical="top" wrapText="1"/>' : ''
    const id = this.#formatId(format)
    this.#xml.push(
      `<xf numFmtId="${id}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0"${id === 0 ? '' : ' applyNumberFormat="1"'}` +
        `${font === 0 ? '' : ' applyFont="1"'}${fill === 0 ? '' : ' applyFill="1"'}${wrap === '' ? '/>' : ` applyAlignment="1">${wrap}</xf>`}`,
    )
    this.#styles.set(key, number)
    return number
  }

  /** xl/styles.xml */
  xml(): string {
    const formats = this.#formats
      .map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escapeAttribute(code)}"/>`)
      .join('')
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
      (formats === '' ? '' : `<numFmts count="${this.#formats.length}">${formats}</numFmts>`) +
      `<fonts count="2">${FONTS}</fonts>` +
      `<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${FILLS}</fills>` +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${this.#xml.length}">${this.#xml.join('')}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
      '</styleSheet>'
    )
  }

  #formatId(format: string): number {
    if (format === 'General') return 0
    if (format === '@') return 49
    const known = this.#formats.indexOf(format)
    return 164 + (known >= 0 ? known : this.#formats.push(format) - 1)
  }
}
