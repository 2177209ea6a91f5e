import { Buffer } from 'node:buffer'
import { LAST_ROW } from '../xlsx/xlsxLimits.ts'
import { type Written, writeAtomically } from './atomicFile.ts'
import { RowFeed } from './rowFeed.ts'
import { SheetNames } from './sheetNames.ts'
import type { PackagePart, SheetSpec } from './sheetSpec.ts'
import { SheetXml } from './sheetXml.ts'
import { StyleBook } from './styleBook.ts'
import {
  contentTypesXml,
  coreXml,
  ROOT_RELATIONSHIPS,
  sheetRelationshipsXml,
  workbookRelationshipsXml,
  workbookXml,
} from './workbookXml.ts'
import { ZipWriter } from './zipWriter.ts'

export interface WriteXlsxOptions {
  readonly signal?: AbortSignal | undefined
  readonly title?: string | undefined
  /** Rows of a sheet, its header included, before it goes on in another one; the limit of the format unless a test lowers it. */
  readonly rowsPerSheet?: number | undefined
}

/**
 * Writes an .xlsx workbook, streaming; it appears under its name only when complete. Each sheet has a styled, frozen header with a
 * filter. More rows than a sheet can hold go on in `Name (2)` and so on, each with the header. The same input gives the same bytes.
 * @throws SheetError `target-not-writable`, `disk-full`, `cancelled`, `sheet-too-large`, `sheet-unwritable-value` (a text over
 * 32,767 characters, a number that is none)
 */
export async function writeXlsx(
  path: string,
  sheets: readonly SheetSpec[],
  options: WriteXlsxOptions = {},
): Promise<Written> {
  const { rowsPerSheet = LAST_ROW } = options
  return writeAtomically(path, async (file) => {
    const zip = new ZipWriter(file)
    const styles = new StyleBook()
    const names = new SheetNames()
    const parts: PackagePart[] = []
    let rows = 0
    // Programs that tell a file by its first bytes look for this part in front.
    await zip.add('_rels/.rels', [ROOT_RELATIONSHIPS])
    for (const sheet of sheets) {
      const feed = new RowFeed(sheet.rows, options.signal)
      try {
        let part = 1
        do {
          const number = names.add(sheet.name, part)
          const drawing = part === 1 ? sheet.drawing : undefined
          const xml = new SheetXml(sheet.name, sheet.columns, styles)
          await zip.add(`xl/worksheets/sheet${number}.xml`, sheetPieces(feed, xml, rowsPerSheet, drawing !== undefined))
          if (drawing !== undefined) {
            await zip.add(`xl/worksheets/_rels/sheet${number}.xml.rels`, [sheetRelationshipsXml(drawing.path)])
            parts.push(...drawing.parts)
          }
          part += 1
        } while (await feed.hasMore())
        rows += feed.rows
      } finally {
        await feed.close()
      }
    }
    for (const { path: name, data } of parts) await zip.add(name, [typeof data === 'string' ? data : Buffer.from(data)])
    await zip.add('xl/styles.xml', [styles.xml()])
    await zip.add('xl/workbook.xml', [workbookXml(names.all)])
    await zip.add('xl/_rels/workbook.xml.rels', [workbookRelationshipsXml(names.all.length)])
    await zip.add('docProps/core.xml', [coreXml(options.title ?? '')])
    await zip.add('[Content_Types].xml', [contentTypesXml(names.all.length, parts)])
    await zip.end()
    return rows
  })
}

async function* sheetPieces(
  feed: RowFeed,
  xml: SheetXml,
  rowsPerSheet: number,
  drawn: boolean,
): AsyncGenerator<string> {
  let row = 1
  yield xml.start()
  yield* feed.pieces(rowsPerSheet - 1, (cells) => {
    row += 1
    return xml.row(row, cells)
  })
  yield xml.end(row, drawn ? 'rId1' : null)
}
