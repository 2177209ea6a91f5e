import { termText } from '../../contract/termText.ts'
import type { Lang } from '../../contract/value.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei15Text, tacOf } from '../../domain/imei.ts'
import type { CellValue, PartedRow } from '../../sheet/write/cellInput.ts'
import { listedSeqOf } from '../db/mirror.ts'
import type { OwnReader } from '../db/store.ts'
import type { Grouping } from './catalogue.ts'
import { plainText } from './contentHash.ts'
import { devicesAt } from './devices.ts'
import { reportTexts } from './labels.ts'
import { keysOfListed, listedFromFacts } from './listedReport.ts'
import { LISTED_KEYS, type ListedKey, type SaidOfListed, saidOf } from './queries.ts'
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
  const names = devicesAt(cache, query.seq)
  // a country has some thousand models and some hundred things said: their cells are made once
  const deviceCells = remembered((tac: number): readonly CellValue[] => {
    const { brand, model } = names(tac)
    return [plainText(brand), plainText(model)]
  })
  const saidCells = (l: SaidOfListed): readonly CellValue[] => [
    termText('reason', l.reason, language),
    l.since,
    l.deadline,
    l.operator === null ? '' : termText('source', l.operator, language),
    l.importer === null ? '' : plainText(l.importer),
  ]
  const rowOf = (imei14: Imei14, said: readonly CellValue[]): PartedRow => ({
    first: imei15Text(imei14),
    parts: [deviceCells(tacOf(imei14)), said],
  })
  const fields = Object.keys(query.filters) as Grouping[]
  const keysOf = keysOfListed(cache, query, query)
  const isKept = (imei14: Imei14, said: SaidOfListed): boolean =>
    fields.length === 0 || passes(query, keysOf({ imei14, list, ...said }, fields))
  return {
    columns: [
      { header: document.imei, type: 'text', width: 18 },
      { header: by.brand, type: 'text', width: 18 },
      { header: by.model, type: 'text', width: 30 },
      { header: by.reason, type: 'text', width: 26 },
      { header: document.since, type: 'date', width: 12 },
      { header: document.deadline, type: 'date', width: 12 },
      { header: by.operator, type: 'text', width: 12 },
      { header: by.importer, type: 'text', width: 14 },
    ],
    rows: () => (query.isNow && listedSeqOf(cache) === query.seq ? stored() : computed()),
  }

  /** A list that is stored is read without a promise a row: the writer awaits its file often enough. */
  function* stored(): Generator<PartedRow> {
    const entries = remembered((entry: number) => {
      const said = saidOf(cache, entry)
      return { said, cells: saidCells(said) }
    })
    let after = -1
    let done = 0
    for (;;) {
      const keys = cache.rows<ListedKey>(LISTED_KEYS).all(list, query.from, query.to, after, ROWS_A_TURN)
      for (const [imei14, entry] of keys) {
        const { said, cells } = entries(entry)
        if (isKept(imei14, said)) yield rowOf(imei14, cells)
      }
      done += keys.length
      told(done)
      const last = keys.at(-1)
      if (!last || keys.length < ROWS_A_TURN) return
      after = last[0]
    }
  }

  /** As of an earlier number the list is computed from the facts of then. */
  async function* computed(): AsyncGenerator<PartedRow> {
    const cells = new Map<string, readonly CellValue[]>()
    let done = 0
    for await (const l of listedFromFacts(cache, list as 'grey' | 'black', query, query, true, signal)) {
      if (++done % ROWS_A_TURN === 0) told(done)
      const said = l as SaidOfListed
      if (!isKept(l.imei14, said)) continue
      const key = [l.reason, l.since, l.deadline, l.operator, l.importer].join('\n')
      const known = cells.get(key) ?? saidCells(said)
      cells.set(key, known)
      yield rowOf(l.imei14, known)
    }
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
