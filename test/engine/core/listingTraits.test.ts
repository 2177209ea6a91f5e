import { describe, expect, test } from 'vitest'
import { catchUp } from './catchUp.ts'
import { RecordedFeed } from './recordedFeed.ts'
import { testHome } from './testHome.ts'

const KEY = 86_012_304_000_001

describe('what lists are filtered by', () => {
  test('is the operator and region of the first home registration, and who declared it', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    const seen = (source: 'kcell' | 'beeline', date: string, region: string, network: 'home' | 'roaming') =>
      feed.commit({ kind: 'operator', source, rows: [{ imei14: KEY, date, network, data: { region } }] })
    seen('beeline', '2025-11-01', 'Atyrau', 'roaming')
    seen('beeline', '2025-12-03', 'Almaty', 'home')
    seen('kcell', '2025-12-01', 'Shymkent', 'home')
    feed.commit({
      kind: 'customs',
      source: 'customs',
      rows: [{ imei14: KEY + 1, date: '2025-12-01', data: { bin: '250340000120' } }],
    })
    const theft = feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: KEY }, { imei14: KEY + 1 }] })
    await catchUp(home, feed)
    const rows = () => home.cache.read.query('SELECT imei14, list, operator, region, importer FROM listing').all()
    expect(rows()).toEqual([
      { imei14: KEY, list: 'black', operator: 'kcell', region: 'Shymkent', importer: null },
      { imei14: KEY + 1, list: 'black', operator: null, region: null, importer: '250340000120' },
    ])

    feed.undo(theft)
    await catchUp(home, feed)
    expect(rows()).toEqual([{ imei14: KEY, list: 'grey', operator: 'kcell', region: 'Shymkent', importer: null }])
  })

  test('every change of a list is logged once, what stays is not', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    feed.commit({ kind: 'operator', source: 'kcell', rows: [{ imei14: KEY, date: '2025-12-01', network: 'home' }] })
    await catchUp(home, feed)
    feed.commit({ kind: 'operator', source: 'kcell', rows: [{ imei14: KEY, date: '2025-12-02', network: 'home' }] })
    feed.commit({ kind: 'operator', source: 'kcell', rows: [{ imei14: KEY + 1, date: '2025-12-02', network: 'home' }] })
    await catchUp(home, feed)
    const log = home.cache.read.rows<[number]>('SELECT imei14 FROM listing_log ORDER BY n').all()
    expect(log.map(([imei14]) => imei14)).toEqual([0, KEY, KEY + 1])
  })
})
