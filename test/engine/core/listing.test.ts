import { describe, expect, test } from 'vitest'
import { imei15Text } from '../../../src/domain/imei.ts'
import type { Home } from '../../../src/engine/db/home.ts'
import { explain } from '../../../src/engine/listing/explain.ts'
import { listingRows, listingTotals } from '../../../src/engine/listing/listings.ts'
import { lookup } from '../../../src/engine/listing/lookup.ts'
import type { Desk } from '../../../src/engine/sync/desk.ts'
import { catchUp, NOW } from './catchUp.ts'
import { RecordedFeed } from './recordedFeed.ts'
import { testHome } from './testHome.ts'

const KEY = 86_012_304_000_001
/** What looking up needs of a desk. */
const deskOn = (home: Home) => ({ home, now: () => NOW }) as Desk

async function homeOf(write: (feed: RecordedFeed) => void): Promise<Home> {
  const home = testHome()
  const feed = new RecordedFeed()
  write(feed)
  await catchUp(home, feed)
  return home
}

describe('looking up', () => {
  test('answers in the order asked, repetitions too, with device, deadline and what is overdue', async () => {
    const home = await homeOf((feed) => {
      feed.commit({ kind: 'tac', source: 'gsma', tacs: [{ tac: 86_012_304, brand: 'Xiaomi', model: 'Note 14' }] })
      feed.commit({ kind: 'customs', source: 'customs', rows: [{ imei14: KEY, date: '2025-11-02' }] })
      feed.commit({
        kind: 'operator',
        source: 'kcell',
        rows: [{ imei14: KEY + 1, date: '2025-12-01', network: 'home' }],
      })
    })
    const [white, grey] = [imei15Text(KEY), imei15Text(KEY + 1)]
    const found = lookup(deskOn(home), [grey, white, grey, '12345'])
    expect(found.map((l) => l.list)).toEqual(['grey', 'white', 'grey', 'none'])
    expect(found[0]).toMatchObject({
      reason: 'not-confirmed',
      since: '2025-12-01',
      deadline: '2025-12-31',
      overdue: true,
    })
    expect(found[1]).toMatchObject({
      imei: white,
      imei14: String(KEY),
      device: { tac: '86012304', brand: 'Xiaomi', model: 'Note 14' },
      asOf: { seq: 3 },
      overdue: false,
      problem: null,
    })
    expect(found[3]).toMatchObject({ imei14: null, problem: { code: 'imei-unusable', details: { value: '12345' } } })
  })

  test('a wrong check digit is a slip of the pen, unless a list knows the code: a counterfeit is malformed by nature', async () => {
    const home = await homeOf((feed) => feed.commit({ kind: 'counterfeit', source: 'srfs', rows: [{ imei14: KEY }] }))
    const wrong = (key: number) => `${key}${(Number(imei15Text(key).at(-1)) + 1) % 10}`
    const [listed, unknown] = lookup(deskOn(home), [wrong(KEY), wrong(KEY + 7)])
    expect(listed).toMatchObject({ list: 'black', reason: 'counterfeit', problem: null })
    expect(unknown).toMatchObject({ list: 'none', problem: { details: { fault: 'imei-check-digit' } } })
  })

  test('an IMEI seen only in roaming is on no list', async () => {
    const home = await homeOf((feed) =>
      feed.commit({ kind: 'operator', source: 'kcell', rows: [{ imei14: KEY, network: 'roaming' }] }),
    )
    expect(lookup(deskOn(home), [imei15Text(KEY)])[0]).toMatchObject({ list: 'none', problem: null })
  })

  test('the newest live TAC table names the device; an undone one does not', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    feed.commit({ kind: 'tac', source: 'gsma', tacs: [{ tac: 86_012_304, brand: 'Old', model: 'A' }] })
    const wrong = feed.commit({ kind: 'tac', source: 'gsma', tacs: [{ tac: 86_012_304, brand: 'New', model: 'B' }] })
    await catchUp(home, feed)
    const brand = () => lookup(deskOn(home), [imei15Text(KEY)])[0]?.device?.brand
    expect(brand()).toBe('New')
    feed.undo(wrong)
    await catchUp(home, feed)
    expect(brand()).toBe('Old')
  })
})

describe('explaining', () => {
  test('names the rule that decided, the facts with their papers, and the other IMEIs of the device', async () => {
    const home = await homeOf((feed) => {
      const data = { declaration: '50505/101026/0001234', bin: '250340000120' }
      feed.commit({
        kind: 'customs',
        source: 'customs',
        rows: [
          { imei14: KEY, next: KEY + 1, data },
          { imei14: KEY + 1, next: KEY + 2, data },
          { imei14: KEY + 2, next: KEY, data },
        ],
      })
      feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: KEY + 2 }] })
    })
    const why = explain(deskOn(home), imei15Text(KEY), undefined)
    expect(why).toMatchObject({ list: 'white', reason: 'customs-declared', at: '2026-02-01', policy: 4 })
    expect(why.rules.filter((r) => r.fired).map((r) => r.rule)).toEqual(['customs-declared'])
    expect(why.facts).toMatchObject([
      { kind: 'customs-declared', seq: 1, endedSeq: null, data: { bin: '250340000120' } },
    ])
    expect(why.siblings).toEqual([
      { imei14: String(KEY + 1), list: 'white' },
      { imei14: String(KEY + 2), list: 'black' },
    ])
  })

  test('as of the end of a business day in UTC+5: what was accepted a minute later does not count', async () => {
    const home = await homeOf((feed) => {
      feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: KEY }], at: '2026-01-10T18:59:00.000Z' })
      feed.undo(1, '2026-01-10T19:00:00.000Z')
    })
    const listOn = (day: string) => explain(deskOn(home), imei15Text(KEY), day)
    expect(listOn('2026-01-09')).toMatchObject({ list: 'none', asOf: { seq: 0 } })
    expect(listOn('2026-01-10')).toMatchObject({ list: 'black', asOf: { seq: 1 } })
    expect(listOn('2026-01-10').facts[0]).toMatchObject({ seq: 1, endedSeq: 2 })
    expect(listOn('2026-01-11')).toMatchObject({ list: 'none', asOf: { seq: 2 } })
  })

  test('an IMEI that cannot be one is a problem', () => {
    expect(() => explain(deskOn(testHome()), '000000000000000', undefined)).toThrow('imei-unusable')
  })
})

describe('the lists', () => {
  test('page by IMEI without a gap, by list, reason and first digits; the total counts the same rows', async () => {
    const home = await homeOf((feed) => {
      feed.commit({
        kind: 'stolen',
        source: 'police',
        rows: Array.from({ length: 30 }, (_, i) => ({ imei14: KEY + i * 2 })),
      })
      feed.commit({ kind: 'gsma', source: 'gsma', rows: [{ imei14: 35_000_000_000_001 }, { imei14: KEY + 1 }] })
    })
    const cache = home.cache.read
    const totalOf = listingTotals(cache)
    for (const reason of [null, 'stolen', 'gsma-listed'] as const)
      for (const prefix of ['', '86', '35', '860123040000', '9'] as const) {
        const paged: string[] = []
        for (let after: string | null = null; ; ) {
          const rows: { imei14: string }[] = listingRows(cache, { list: 'black', reason, prefix, after, limit: 4 })
          paged.push(...rows.map((r) => r.imei14))
          const last = rows.at(-1)
          if (!last) break
          after = last.imei14
        }
        expect(paged).toEqual(paged.toSorted())
        expect(paged.every((p) => p.startsWith(prefix))).toBe(true)
        expect(totalOf({ list: 'black', reason, prefix })).toBe(paged.length)
        expect(paged).toHaveLength(new Set(paged).size)
      }
    expect(totalOf({ list: 'black', reason: null, prefix: '' })).toBe(32)
  })
})
