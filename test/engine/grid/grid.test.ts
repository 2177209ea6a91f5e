import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { zGridFilter } from '../../../src/contract/gridFilter.ts'
import type { Home } from '../../../src/engine/db/home.ts'
import { openHome } from '../../../src/engine/db/home.ts'
import { gridCalls } from '../../../src/engine/grid/gridCalls.ts'
import { GRID_MIGRATIONS } from '../../../src/engine/grid/migrations.ts'
import type { DeskCore } from '../../../src/engine/sync/deskCore.ts'
import { Grants } from '../../../src/engine/sync/grants.ts'
import { Jobs } from '../../../src/engine/sync/jobs.ts'
import { catchUp, NOW } from '../core/catchUp.ts'
import { RecordedFeed } from '../core/recordedFeed.ts'
import { KEY as FILE_KEY, testFolder } from '../core/testHome.ts'

const KEY = 86_012_304_000_001

/** A desk over a home with this feed; what a grid needs of it. */
function deskOf(home: Home) {
  const grants = new Grants()
  const desk = {
    home,
    now: () => NOW,
    jobs: new Jobs(() => undefined),
    grants,
    link: { client: null },
    session: { officer: () => ({ id: 'reviewer', name: 'R', role: 'reviewer' }) },
    changed: () => undefined,
  }
  return { grants, calls: gridCalls(desk as unknown as DeskCore) }
}

function world(feed: RecordedFeed): void {
  feed.commit({
    kind: 'tac',
    source: 'gsma',
    tacs: [
      { tac: 86_012_304, brand: 'Xiaomi', model: 'Note 14' },
      { tac: 86_012_305, brand: 'vivo', model: 'V30' },
    ],
  })
  feed.commit({
    kind: 'operator',
    source: 'kcell',
    rows: [0, 1, 1_000_000].map((n) => ({
      imei14: KEY + n,
      date: `2025-12-0${(n % 2) + 1}`,
      network: 'home' as const,
      data: { region: n === 1 ? 'Almaty' : 'Atyrau' },
    })),
  })
  feed.commit({ kind: 'legacy', source: 'srfs', rows: [5, 6, 7].map((n) => ({ imei14: KEY + n, date: '2025-01-01' })) })
}

async function opened() {
  const folder = testFolder()
  const home = openHome(folder, FILE_KEY, GRID_MIGRATIONS)
  const feed = new RecordedFeed()
  world(feed)
  await catchUp(home, feed)
  return { folder, home, feed, ...deskOf(home) }
}

const asked = (filter: object) => zGridFilter.parse(filter)

describe('the lists', () => {
  test('are filtered by brand, region, operator and date, with counts to choose from', async () => {
    const { calls, home } = await opened()
    const keys = async (filter: object): Promise<number[]> =>
      (await calls['grid-page']({ filter: asked(filter), after: null, limit: 10 })).rows.map(
        (r) => Number(r.imei14) - KEY,
      )
    expect(await keys({ list: 'grey' })).toEqual([0, 1, 1_000_000])
    expect(await keys({ list: 'grey', brand: 'xiaomi' })).toEqual([0, 1])
    expect(await keys({ list: 'grey', region: 'Almaty' })).toEqual([1])
    expect(await keys({ list: 'grey', sinceTo: '2025-12-01' })).toEqual([0, 1_000_000])
    expect(await keys({ list: 'grey', operator: 'tele2' })).toEqual([])
    const counts = await calls['grid-counts']({ filter: asked({ list: 'grey' }) })
    expect(counts).toMatchObject({
      total: 3,
      operator: [{ value: 'kcell', count: 3 }],
      region: [
        { value: 'Atyrau', count: 2 },
        { value: 'Almaty', count: 1 },
      ],
      brand: [
        { value: 'Xiaomi', count: 2 },
        { value: 'vivo', count: 1 },
      ],
    })
    home.close()
  })

  test('follow what the feed brings, also a withdrawal', async () => {
    const { calls, home, feed } = await opened()
    const total = async (list: 'grey' | 'black') => (await calls['grid-counts']({ filter: asked({ list }) })).total
    expect([await total('grey'), await total('black')]).toEqual([3, 0])
    const theft = feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: KEY }, { imei14: KEY + 9 }] })
    await catchUp(home, feed)
    expect([await total('grey'), await total('black')]).toEqual([2, 2])
    feed.undo(theft)
    await catchUp(home, feed)
    expect([await total('grey'), await total('black')]).toEqual([3, 0])
    home.close()
  })

  test('white is walked by its IMEIs on the desk, and by anything else asked of the registry', async () => {
    const { calls, home } = await opened()
    const page = (after: string | null) =>
      calls['grid-page']({ filter: asked({ list: 'white', prefix: '86012304' }), after, limit: 2 })
    const first = await page(null)
    expect(first.rows.map((r) => [Number(r.imei14) - KEY, r.reason])).toEqual([
      [5, 'legacy'],
      [6, 'legacy'],
    ])
    expect((await page(first.next)).rows.map((r) => Number(r.imei14) - KEY)).toEqual([7])
    await expect(
      calls['grid-page']({ filter: asked({ list: 'white', reason: 'legacy' }), after: null, limit: 2 }),
    ).rejects.toMatchObject({ problem: { code: 'needs-registry' } })
    home.close()
  })

  test('everything that matches is written as a file', async () => {
    const { calls, home, grants, folder } = await opened()
    const path = join(folder, 'grey.csv')
    grants.grant('t', path)
    const filter = asked({ list: 'grey', brand: 'Xiaomi' })
    const written = await calls['grid-export']({ filter, format: 'csv', language: 'en', target: 't' })
    expect(written.rows).toBe(2)
    expect(readFileSync(path, 'utf8').split('\n')[1]).toBe(
      `${KEY},grey,lawfulness not confirmed,2025-12-01,2025-12-31,Xiaomi,Note 14,Kcell,Atyrau,`,
    )
    home.close()
  })
})

describe('saved views', () => {
  test('are kept, replaced by name, passed on as text, and dropped', async () => {
    const { calls, home } = await opened()
    const { id } = await calls['save-view']({ name: 'Overdue', filter: asked({ list: 'grey' }) })
    await calls['save-view']({ name: 'Overdue', filter: asked({ list: 'grey', brand: 'vivo' }) })
    const [view] = await calls['saved-views']({})
    expect(view).toMatchObject({ id, name: 'Overdue', by: 'reviewer', filter: { brand: 'vivo' } })
    await calls['drop-view']({ id })
    expect(await calls['saved-views']({})).toEqual([])
    expect(await calls['take-view']({ code: ` ${view?.code} ` })).toMatchObject({ name: 'Overdue' })
    expect((await calls['saved-views']({}))[0]?.filter).toEqual(view?.filter)
    for (const code of ['', 'tamga-view-1.', 'tamga-view-1.e30', `${view?.code.slice(0, 30)}`])
      expect(() => calls['take-view']({ code })).toThrow('view-unusable')
    home.close()
  })
})
