import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type GridFilter, zGridFilter } from '../../../src/contract/gridFilter.ts'
import { type IndexedRow, ListingIndex } from '../../../src/engine/grid/listingIndex.ts'

const FIRST = 86_012_304_000_000
const DAYS = ['2025-11-01', '2025-11-02', '2025-12-31', '2026-01-15'] as const
const row = fc.record({
  key: fc.integer({ min: 0, max: 3_000_000 }).map((n) => FIRST + n),
  list: fc.constantFrom('grey', 'black'),
  reason: fc.constantFrom('stolen', 'not-confirmed', 'clone'),
  since: fc.constantFrom(...DAYS),
  deadline: fc.option(fc.constantFrom(...DAYS)),
  operator: fc.option(fc.constantFrom('kcell', 'beeline')),
  region: fc.option(fc.constantFrom('Almaty', 'Atyrau')),
  importer: fc.option(fc.constantFrom('250340000120', '900101300007')),
})
const rowsOf = (rows: readonly (typeof row extends fc.Arbitrary<infer R> ? R : never)[]): IndexedRow[] =>
  rows
    .map((r): IndexedRow => [r.key, r.list, r.reason, r.since, r.deadline, r.operator, r.region, r.importer])
    .sort((a, b) => a[0] - b[0])
const someRows = fc.uniqueArray(row, { selector: ({ key }) => key, maxLength: 60 }).map(rowsOf)

const filters = fc.record(
  {
    list: fc.constantFrom('grey' as const, 'black' as const),
    reason: fc.constantFrom('stolen' as const, 'clone' as const, 'gsma-listed' as const),
    prefix: fc.constantFrom('', '86012304', '86012305', '8601'),
    operator: fc.constantFrom('kcell' as const, 'tele2' as const),
    region: fc.constantFrom('Almaty', 'Atyrau'),
    importer: fc.constantFrom('250340000120'),
    sinceFrom: fc.constantFrom(...DAYS),
    sinceTo: fc.constantFrom(...DAYS),
    deadlineTo: fc.constantFrom(...DAYS),
  },
  { requiredKeys: ['list'] },
)

/** What the filter means, row by row. */
function lets(f: GridFilter, [key, list, reason, since, deadline, operator, region, importer]: IndexedRow): boolean {
  const is = (wanted: string | null, value: string | null): boolean => wanted === null || wanted === value
  return (
    f.list === list &&
    is(f.reason, reason) &&
    is(f.operator, operator) &&
    is(f.region, region) &&
    is(f.importer, importer) &&
    String(key).startsWith(f.prefix) &&
    (f.sinceFrom === null || since >= f.sinceFrom) &&
    (f.sinceTo === null || since <= f.sinceTo) &&
    (f.deadlineTo === null || (deadline !== null && deadline <= f.deadlineTo))
  )
}

function indexOf(rows: readonly IndexedRow[]): ListingIndex {
  const index = new ListingIndex()
  for (const one of rows) index.add(one)
  return index
}

/** All keys of a filter, page by page. */
function keysOf(index: ListingIndex, filter: GridFilter, tacs: readonly number[] | null, limit: number): number[] {
  const keys: number[] = []
  for (let after = -1; ; ) {
    const page = index.page(filter, tacs, after, limit)
    keys.push(...page)
    if (page.length < limit) return keys
    after = page.at(-1) ?? after
  }
}

describe('the index of the lists', () => {
  test('pages and counts exactly what any filter lets through', () => {
    fc.assert(
      fc.property(someRows, filters, fc.integer({ min: 1, max: 7 }), (rows, asked, limit) => {
        const filter = zGridFilter.parse(asked)
        const index = indexOf(rows)
        const expected = rows.filter((one) => lets(filter, one)).map(([key]) => key)
        expect(keysOf(index, filter, null, limit)).toEqual(expected)
        expect(index.counts(filter, null).total).toBe(expected.length)
      }),
    )
  })

  test('of a brand looks only at its TACs', () => {
    fc.assert(
      fc.property(someRows, fc.subarray([86012304, 86012305, 86012306]), (rows, tacs) => {
        const filter = zGridFilter.parse({ list: 'grey' })
        const expected = rows.filter(([key, list]) => list === 'grey' && tacs.includes(Math.floor(key / 1e6)))
        expect(keysOf(indexOf(rows), filter, tacs, 5)).toEqual(expected.map(([key]) => key))
      }),
    )
  })

  test('that follows changes is the one read anew', () => {
    fc.assert(
      fc.property(someRows, someRows, fc.array(fc.nat()), filters, (before, changed, gone, asked) => {
        const index = indexOf(before)
        const removed = gone.flatMap((n) => before[n % Math.max(1, before.length)]?.[0] ?? [])
        const now = new Map(changed.map((one) => [one[0], one]))
        const keys = [...new Set([...removed, ...now.keys()])].sort((a, b) => a - b)
        index.change(keys, now)
        const after = [...before.filter(([key]) => !keys.includes(key)), ...changed].sort((a, b) => a[0] - b[0])
        const filter = zGridFilter.parse(asked)
        expect(index.rows).toBe(after.length)
        expect(keysOf(index, filter, null, 4)).toEqual(keysOf(indexOf(after), filter, null, 4))
      }),
    )
  })
})
