import type { Declared } from '../../contract/engine/lookup.ts'
import type { AppealState } from '../../domain/appeal.ts'
import type { Imei14 } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'
import { APPEALS_OF_DECLARATION, APPEALS_OF_IIN, DOCS_OF_BIN, DOCS_OF_DECLARATION, IMEIS_OF_DOC } from './queries.ts'

/** Documents shown of one declaration or importer. */
export const MOST_DOCUMENTS = 500
const MOST_APPEALS = 200

interface Row {
  readonly no: number
  readonly doc: number
  readonly batch: string
  readonly date: string
  readonly data: string
  readonly ended: number
}

/** Documents of customs lists that name a declaration, a line of it when one is asked for; the newest lists first. */
export function docsOfDeclaration(
  cache: Reader,
  number: string,
  line: string | null,
): { docs: Declared[]; more: boolean } {
  const rows = cache.query<Row>(DOCS_OF_DECLARATION).all(number, line, MOST_DOCUMENTS + 1)
  return { docs: rows.slice(0, MOST_DOCUMENTS).map(declaredOf), more: rows.length > MOST_DOCUMENTS }
}

/** Documents of customs lists that name an importer by BIN or IIN. */
export function docsOfBin(cache: Reader, bin: string): { docs: Declared[]; more: boolean } {
  const rows = cache.query<Row>(DOCS_OF_BIN).all(bin, MOST_DOCUMENTS + 1)
  return { docs: rows.slice(0, MOST_DOCUMENTS).map(declaredOf), more: rows.length > MOST_DOCUMENTS }
}

function declaredOf({ no, doc, batch, date, data, ended }: Row): Declared {
  const said = JSON.parse(data) as Readonly<Record<string, unknown>>
  const text = (name: string): string | null => (typeof said[name] === 'string' ? said[name] : null)
  const quantity = Number(said.quantity)
  return {
    batch,
    no,
    doc,
    declaration: text('declaration'),
    line: text('line'),
    date,
    bin: text('bin'),
    importer: text('importer'),
    brand: text('brand'),
    model: text('model'),
    quantity: Number.isSafeInteger(quantity) && quantity > 0 ? quantity : null,
    ended: ended === 1,
  }
}

type AppealRow = [id: string, state: AppealState, receivedAt: string, imeis: string]

/** Appeals of a person, and appeals that name a declaration; the latest first. */
export const appealsOfIin = (cache: Reader, iin: string) => appealsBy(cache, APPEALS_OF_IIN, iin)
export const appealsOfDeclaration = (cache: Reader, number: string) => appealsBy(cache, APPEALS_OF_DECLARATION, number)

const appealsBy = (cache: Reader, sql: string, value: string) =>
  cache
    .rows<AppealRow>(sql)
    .all(value, MOST_APPEALS)
    .map(([id, state, receivedAt, imeis]) => ({ id, state, receivedAt, imeis: JSON.parse(imeis) as string[] }))

/** IMEIs of a document after `after`; null when the batch is too large for the mirror to tell quickly. */
export const imeisOfDoc = (cache: Reader, no: number, doc: number, after: Imei14, limit: number): Imei14[] | null =>
  cache.value<number>('SELECT 1 FROM batch_imei WHERE batch = ? LIMIT 1', no) === undefined
    ? null
    : cache
        .rows<[Imei14]>(IMEIS_OF_DOC)
        .all(no, after, doc, limit)
        .map(([imei14]) => imei14)
