import { posix } from 'node:path'
import { SheetError, withDetails } from '../sheetError.ts'
import type { Source } from '../source.ts'
import type { SheetInfo } from '../workbook.ts'
import type { ZipDirectory, ZipEntry } from '../zip/directory.ts'
import { readEntry } from '../zip/entryStream.ts'
import { readElements } from './readElements.ts'
import { readDateStyles } from './readStyles.ts'
import { LARGEST_SMALL_PART } from './xlsxLimits.ts'

/** What a workbook says about itself before any sheet is read. */
export interface XlsxPackage {
  readonly date1904: boolean
  readonly sheets: readonly { readonly info: SheetInfo; readonly entry: ZipEntry }[]
  readonly strings: ZipEntry | null
  readonly dateStyles: Uint8Array
}

interface Relationship {
  readonly id: string
  /** Last part of the relationship's type, the same in both flavours of the standard: `worksheet`, `styles`. */
  readonly type: string
  readonly target: string
}

/** Finds sheets, shared strings and styles by following the relationships from the root, wherever the parts lie. */
export async function readPackage(source: Source, zip: ZipDirectory): Promise<XlsxPackage> {
  const workbookPath = await findWorkbook(source, zip)
  const workbook = entryAt(zip, workbookPath)
  const relationships = await readRelationships(source, zip, workbookPath)
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]))
  const sheets: { info: SheetInfo; entry: ZipEntry }[] = []
  let date1904 = false
  await visit(source, workbook, (path, attributes) => {
    const name = path.at(-1)
    if (path.length === 2 && name === 'workbookPr') date1904 = /^(1|true|on)$/i.test(attributes.get('date1904') ?? '')
    if (path.length !== 3 || name !== 'sheet') return
    const relationship = byId.get(relationshipId(attributes))
    const title = attributes.get('name')
    if (relationship === undefined || title === undefined)
      throw new SheetError('sheet-broken-part', { reason: 'relationship', sheet: title ?? '' })
    // Sheets of charts, dialogs and old macros have no rows.
    if (relationship.type !== 'worksheet') return
    const state = attributes.get('state') ?? 'visible'
    const visibility = state === 'hidden' || state === 'veryHidden' ? state : 'visible'
    sheets.push({ info: { name: title, visibility }, entry: entryAt(zip, relationship.target, title) })
  })
  if (sheets.length === 0) throw new SheetError('sheet-broken-part', { reason: 'no sheets' })
  const styles = relationships.find(({ type }) => type === 'styles')
  const strings = relationships.find(({ type }) => type === 'sharedStrings')
  return {
    date1904,
    sheets,
    strings: strings === undefined ? null : entryAt(zip, strings.target),
    dateStyles: styles === undefined ? new Uint8Array(0) : await dateStylesOf(source, entryAt(zip, styles.target)),
  }
}

/** Path of the workbook part inside the zip; null when the zip is no spreadsheet package of this family. */
export async function workbookPart(source: Source, zip: ZipDirectory): Promise<string | null> {
  if (!zip.entries.has('_rels/.rels')) return null
  const root = await readRelationships(source, zip, '')
  return root.find(({ type }) => type === 'officeDocument')?.target ?? null
}

async function findWorkbook(source: Source, zip: ZipDirectory): Promise<string> {
  const path = await workbookPart(source, zip)
  if (path === null) throw new SheetError('sheet-broken-part', { reason: 'missing', part: 'officeDocument' })
  return path
}

function relationshipId(attributes: ReadonlyMap<string, string>): string {
  for (const [name, value] of attributes) if (name === 'id' || name.endsWith(':id')) return value
  return ''
}

async function dateStylesOf(source: Source, entry: ZipEntry): Promise<Uint8Array> {
  try {
    return readDateStyles(await readEntry(source, entry, LARGEST_SMALL_PART))
  } catch (error) {
    throw withDetails(error, { part: entry.name })
  }
}

async function readRelationships(source: Source, zip: ZipDirectory, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part)
  const path = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const entry = zip.entries.get(path)
  if (entry === undefined) return []
  const found: Relationship[] = []
  await visit(source, entry, (elements, attributes) => {
    if (elements.at(-1) !== 'Relationship' || attributes.get('TargetMode') === 'External') return
    const target = (attributes.get('Target') ?? '').replaceAll('\\', '/')
    found.push({
      id: attributes.get('Id') ?? '',
      type: posix.basename(attributes.get('Type') ?? ''),
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    })
  })
  return found
}

async function visit(source: Source, entry: ZipEntry, visitor: Parameters<typeof readElements>[1]): Promise<void> {
  const bytes = await readEntry(source, entry, LARGEST_SMALL_PART)
  try {
    readElements(bytes, visitor)
  } catch (error) {
    throw withDetails(error, { part: entry.name })
  }
}

function entryAt(zip: ZipDirectory, path: string, sheet?: string): ZipEntry {
  const exact = zip.entries.get(path)
  if (exact !== undefined) return exact
  const wanted = path.toLowerCase()
  for (const [name, entry] of zip.entries) if (name.toLowerCase() === wanted) return entry
  throw new SheetError(
    'sheet-broken-part',
    sheet === undefined ? { reason: 'missing', part: path } : { reason: 'missing', part: path, sheet },
  )
}
