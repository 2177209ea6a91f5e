import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ShownOfList } from '../../../src/contract/engine/lookup.ts'
import { imei15Text } from '../../../src/domain/imei.ts'
import type { Home } from '../../../src/engine/db/home.ts'
import { AskedLists } from '../../../src/engine/listing/askedLists.ts'
import { documentImeis, find } from '../../../src/engine/listing/find.ts'
import { exportList } from '../../../src/engine/listing/listExport.ts'
import type { Desk } from '../../../src/engine/sync/desk.ts'
import { Jobs } from '../../../src/engine/sync/jobs.ts'
import { catchUp, NOW } from '../core/catchUp.ts'
import { RecordedFeed } from '../core/recordedFeed.ts'
import { testFolder, testHome } from '../core/testHome.ts'

const KEY = 86_012_304_000_001
const BIN = '250340000120'

async function deskOf(write: (feed: RecordedFeed) => void): Promise<Desk & { home: Home }> {
  const home = testHome()
  const feed = new RecordedFeed()
  write(feed)
  await catchUp(home, feed)
  return { home, now: () => NOW, jobs: new Jobs(() => undefined) } as Desk & { home: Home }
}

const declared = (line: string, brand: string) => ({
  declaration: '55302/120925/0004711',
  line,
  bin: BIN,
  importer: 'SAMPLE LLP',
  brand,
  model: 'Note 14',
  quantity: 2,
})

/** Two lines of a declaration, a grey and a stolen phone. */
const something = (feed: RecordedFeed): void => {
  feed.commit({
    kind: 'customs',
    source: 'customs',
    rows: [
      { imei14: KEY, date: '2025-09-12', data: declared('1', 'Xiaomi') },
      { imei14: KEY + 1, date: '2025-09-12', data: declared('1', 'Xiaomi') },
      { imei14: KEY + 2, date: '2025-09-12', data: declared('2', 'Samsung') },
    ],
  })
  feed.commit({ kind: 'operator', source: 'kcell', rows: [{ imei14: KEY + 3, date: '2025-12-01', network: 'home' }] })
  feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: KEY + 4, date: '2025-12-01' }] })
}

const ask = (desk: Desk, text: string) => find(desk, new AskedLists(desk), text, undefined)

describe('one box', () => {
  test('finds the lines of a declaration, one of them when it is named, with their IMEIs', async () => {
    const desk = await deskOf(something)
    const whole = await ask(desk, 'ДТ 55302/120925/0004711')
    expect(whole).toMatchObject({ kind: 'declaration', line: null, more: false })
    const lines = whole.kind === 'declaration' ? whole.lines : []
    expect(lines.map(({ line, brand, quantity, ended }) => [line, brand, quantity, ended])).toEqual([
      ['1', 'Xiaomi', 2, false],
      ['1', 'Xiaomi', 2, false],
      ['2', 'Samsung', 2, false],
    ])
    const { no = 0, doc = 0 } = lines[0] ?? {}
    expect(documentImeis(desk, { no, doc, after: null, limit: 1 })).toEqual({
      rows: [{ imei14: String(KEY), list: 'white', reason: 'customs-declared' }],
      next: String(KEY),
    })
    expect(documentImeis(desk, { no, doc, after: String(KEY), limit: 5 })).toEqual({ rows: [], next: null })
    expect(await ask(desk, '55302/120925/0004711/2')).toMatchObject({ lines: [{ brand: 'Samsung' }] })
    expect(await ask(desk, '55302/120925/0004712')).toMatchObject({ kind: 'declaration', lines: [] })
  })

  test('finds what an importer declared, and names a number that cannot be', async () => {
    const desk = await deskOf(something)
    expect(await ask(desk, BIN)).toMatchObject({
      kind: 'identity',
      is: 'bin',
      declared: [{ line: '1' }, { line: '1' }, { line: '2' }],
    })
    expect(await ask(desk, '250340000121')).toMatchObject({ is: null, fault: 'identity-check-digit', declared: [] })
  })

  test('knows the number of an appeal', async () => {
    const desk = await deskOf(something)
    expect(await ask(desk, 'A-2026-118204')).toEqual({ kind: 'appeal', id: 'A-2026-118204', known: false })
  })
})

describe('a pasted list', () => {
  const pasted = [KEY + 3, KEY, KEY + 4, KEY + 9].map(imei15Text)

  test('is counted by list and paged in the order asked', async () => {
    const desk = await deskOf(something)
    const lists = new AskedLists(desk)
    const found = await find(desk, lists, [...pasted, 'no code at all'].join('\n'), undefined)
    expect(found).toMatchObject({
      kind: 'list',
      total: 5,
      counts: { white: 1, grey: 1, black: 1, none: 1, unusable: 1 },
    })
    const list = found.kind === 'list' ? found.list : ''
    const places = (show: ShownOfList, after: number | null, limit: number) =>
      lists.page(list, show, after, limit).map(({ place }) => place)
    expect(places('all', null, 2)).toEqual([0, 1])
    expect(places('all', 1, 9)).toEqual([2, 3, 4])
    expect(places('black', null, 9)).toEqual([2])
    expect(places('unusable', null, 9)).toEqual([4])
    expect(() => lists.page('another', 'all', null, 1)).toThrow('list-forgotten')
  })

  test('is written as a file in which nothing runs as a formula', async () => {
    const desk = await deskOf(something)
    const lists = new AskedLists(desk)
    const found = await find(desk, lists, [...pasted, '=HYPERLINK("http://x")'].join('\n'), undefined)
    const path = join(testFolder(), 'list.csv')
    const job = desk.jobs.start({ id: 'x', kind: 'export', subject: '', unit: 'rows' })
    const list = found.kind === 'list' ? found.list : ''
    const written = await exportList(desk, lists, { list, show: 'all', format: 'csv', language: 'ru', path }, job)
    expect(written.rows).toBe(5)
    const lines = readFileSync(path, 'utf8').split('\n')
    expect(lines[0]).toContain('Запрошено,IMEI (14 цифр),Список')
    expect(lines[2]).toBe(`${imei15Text(KEY)},${KEY},белый,задекларирован на таможне,2025-09-12,,,,`)
    expect(lines[5]).toMatch(/^"?'=HYPERLINK/)
  })

  test('of more than a hundred thousand is refused before anything is read', async () => {
    const desk = await deskOf(something)
    const many = Array.from({ length: 100_001 }, (_, i) => imei15Text(KEY + i)).join('\n')
    await expect(ask(desk, many)).rejects.toMatchObject({ problem: { code: 'too-many-imeis' } })
  })
})
