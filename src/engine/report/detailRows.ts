import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import { imei15Text } from '../../domain/imei.ts'
import { listedSeqOf } from '../db/mirror.ts'
import type { OwnReader } from '../db/store.ts'
import type { Grouping } from './catalogue.ts'
import { plainText } from './contentHash.ts'
import { devicesAt } from './devices.ts'
import { reportTexts } from './labels.ts'
import { keysOfListed, type ListedImei, listedFromFacts } from './listedReport.ts'
import { LISTED_ROWS, type ListedRow } from './queries.ts'
import { passes, type ReportQuery } from './query.ts'
import type { DetailRow, DetailRows } from './reportFile.ts'

const ROWS_A_TURN = 2_000

/** The IMEIs behind the figures of a list, in order; null for a report that has none. `told` hears how many were read. */
export function detailRows(
  cache: OwnReader,
  query: ReportQuery,
  language: Lang,
  signal: AbortSignal,
  told: (done: number) => void,
): DetailRows | null {
  const list = query.report === 'blocklist' ? 'black' : query.report === 'grey-clocks' ? 'grey' : null
  if (list === null) return null
  const { by, document } = reportTexts(language)
  const names = devicesAt(cache, query.seq)
  const device = remembered((tac: number) => {
    const { brand, model } = names(tac)
    return { brand: plainText(brand), model: plainText(model) }
  })
  const importer = remembered(plainText)
  const reason = remembered((code: string) => termText('reason', code, language))
  const operator = remembered((code: string) => termText('source', code, language))
  const fields = Object.keys(query.filters) as Grouping[]
  const keysOf = keysOfListed(cache, query, query)
  const isStored = query.isNow && listedSeqOf(cache) === query.seq
  return {
    columns: [
      { header: document.imei, type: 'text', width: 18 },
      { header: by.reason, type: 'text', width: 26 },
      { header: document.since, type: 'date', width: 12 },
      { header: document.deadline, type: 'date', width: 12 },
      { header: by.brand, type: 'text', width: 18 },
      { header: by.model, type: 'text', width: 30 },
      { header: by.operator, type: 'text', width: 12 },
      { header: by.importer, type: 'text', width: 14 },
    ],
    rows: () =>
      isStored
        ? shown(stored(cache, list, query))
        : shownLater(listedFromFacts(cache, list, query, query, true, signal)),
  }

  /** A list that is stored is read without a promise a row: the writer awaits its file often enough. */
  function* shown(all: Iterable<ListedImei>): Generator<DetailRow> {
    let done = 0
    for (const l of all) {
      if (++done % ROWS_A_TURN === 0) told(done)
      if (isKept(l)) yield rowOf(l)
    }
  }
  async function* shownLater(all: AsyncIterable<ListedImei>): AsyncGenerator<DetailRow> {
    let done = 0
    for await (const l of all) {
      if (++done % ROWS_A_TURN === 0) told(done)
      if (isKept(l)) yield rowOf(l)
    }
  }
  function isKept(l: ListedImei): boolean {
    return fields.length === 0 || passes(query, keysOf(l, fields))
  }
  function rowOf(l: ListedImei): DetailRow {
    const { brand, model } = device(Math.floor(l.imei14 / 1_000_000))
    return [
      imei15Text(l.imei14),
      l.reason === null ? '' : reason(l.reason),
      l.since,
      l.deadline,
      brand,
      model,
      l.operator === null ? '' : operator(l.operator),
      l.importer === null ? '' : importer(l.importer),
    ]
  }
}

/** A function that answers the same question once. */
function remembered<K, V>(answer: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const value = answer(key)
    known.set(key, value)
    return value
  }
}

const ROWS_A_READ = 2_000

function* stored(cache: OwnReader, list: 'grey' | 'black', query: ReportQuery): Generator<ListedImei> {
  let after = -1
  for (;;) {
    const rows = cache.rows<ListedRow>(LISTED_ROWS).all(list, query.from, query.to, after, ROWS_A_READ)
    for (const [imei14, reason, since, deadline, operator, region, importer] of rows)
      yield { imei14, list, reason, since, deadline, operator, region, importer } as ListedImei
    const last = rows.at(-1)
    if (!last || rows.length < ROWS_A_READ) return
    after = last[0]
  }
}
