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
import type { DetailRows } from './reportFile.ts'

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
  const device = devicesAt(cache, query.seq)
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
    async *rows() {
      let done = 0
      const all = isStored ? stored(cache, list, query) : listedFromFacts(cache, list, query, query, true, signal)
      for await (const l of all) {
        done++
        if (done % ROWS_A_TURN === 0) {
          await new Promise(setImmediate)
          signal.throwIfAborted()
          told(done)
        }
        if (fields.length > 0 && !passes(query, keysOf(l, fields))) continue
        const { brand, model } = device(Math.floor(l.imei14 / 1_000_000))
        yield [
          imei15Text(l.imei14),
          l.reason === null ? '' : termText('reason', l.reason, language),
          l.since,
          l.deadline,
          plainText(brand),
          plainText(model),
          l.operator === null ? '' : termText('source', l.operator, language),
          plainText(l.importer ?? ''),
        ]
      }
    },
  }
}

const ROWS_A_READ = 2_000

function* stored(cache: OwnReader, list: 'grey' | 'black', query: ReportQuery): Generator<ListedImei> {
  let after = -1
  for (;;) {
    const rows = cache.query<ListedRow>(LISTED_ROWS).all(list, query.from, query.to, after, ROWS_A_READ)
    for (const row of rows) yield { ...row, list } as ListedImei
    const last = rows.at(-1)
    if (!last || rows.length < ROWS_A_READ) return
    after = last.imei14
  }
}
