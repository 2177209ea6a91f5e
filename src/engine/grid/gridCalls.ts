import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { z } from 'zod'
import type { Handlers } from '../../contract/call.ts'
import type { GRID_CALLS } from '../../contract/engine/grid.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { GridFilter } from '../../contract/gridFilter.ts'
import { imei14Text } from '../../domain/imei.ts'
import { Brands } from '../db/brands.ts'
import { listedSeqOf } from '../db/mirror.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { FollowingIndex } from './followingIndex.ts'
import { exportGrid } from './gridExport.ts'
import { ListedRows } from './listedRows.ts'
import type { Counted } from './listingIndex.ts'
import { dropView, savedViews, saveView, takeView } from './savedViews.ts'
import { type GridPage, whitePage } from './whitePage.ts'

type Counts = z.input<(typeof GRID_CALLS)['grid-counts']['output']>

/** Values of a trait that are shown to choose from. */
const MOST_VALUES = 100
const KEPT_COUNTS = 50

/** The lists of the registry: pages by any filter, counts, files, saved views. */
export function gridCalls(desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof GRID_CALLS> {
  const cache = desk.home.cache.read
  const following = new FollowingIndex(desk.home.cache)
  const brands = new Brands(cache)
  const tacsOf = (filter: GridFilter): readonly number[] | null =>
    filter.brand === null ? null : brands.tacsOf(filter.brand)

  async function page(filter: GridFilter, after: string | null, limit: number): Promise<GridPage> {
    const from = after === null ? -1 : Number(after)
    if (filter.list === 'white') return whitePage(desk, filter, from, limit)
    const index = await following.current()
    const keys = index.page(filter, tacsOf(filter), from, limit)
    const last = keys.at(-1)
    return {
      rows: new ListedRows(cache).of(keys),
      next: keys.length < limit || last === undefined ? null : imei14Text(last),
      from: 'desk',
    }
  }

  const counted = new Map<string, Counts>()
  let countedAt = -1
  async function counts(filter: GridFilter): Promise<Counts> {
    const listedSeq = listedSeqOf(cache)
    if (filter.list === 'white') return { ...NOTHING_COUNTED, listedSeq }
    const index = await following.current()
    if (countedAt !== following.version || counted.size > KEPT_COUNTS) counted.clear()
    countedAt = following.version
    const key = JSON.stringify(filter)
    const known = counted.get(key) ?? shown(index.counts(filter, tacsOf(filter)), brands, listedSeq)
    counted.set(key, known)
    return { ...known, listedSeq }
  }

  return {
    'grid-page': ({ filter, after, limit }) => page(filter, after, limit),
    'grid-counts': ({ filter }) => counts(filter),
    'grid-export': (ask) => {
      const path = desk.grants.path(ask.target)
      const job = { id: ask.job ?? randomUUID(), kind: 'export', subject: basename(path), unit: 'rows' } as const
      return desk.jobs.run(job, async (running) => {
        const { total } = await counts(ask.filter)
        return exportGrid({ ...ask, path, total }, page, running)
      })
    },
    'saved-views': () => savedViews(desk),
    'save-view': ({ name, filter }) => {
      const saved = saveView(desk, name, filter)
      desk.changed('settings')
      return saved
    },
    'take-view': ({ code }) => {
      const taken = takeView(desk, code)
      desk.changed('settings')
      return taken
    },
    'drop-view': ({ id }) => {
      dropView(desk, id)
      desk.changed('settings')
      return {}
    },
  }
}

const NOTHING_COUNTED = { total: null, reason: [], operator: [], region: [], importer: [], brand: [] }

function shown({ total, traits, tacs }: Counted, brands: Brands, listedSeq: number): Counts {
  const byBrand = new Map<string, number>()
  for (const [tac, count] of tacs) {
    const brand = brands.brandOf(tac)
    if (brand !== null) byBrand.set(brand, (byBrand.get(brand) ?? 0) + count)
  }
  const most = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST_VALUES)
  return {
    total,
    reason: most(traits.reason),
    operator: most(traits.operator),
    region: most(traits.region),
    importer: most(traits.importer),
    brand: most(byBrand),
    listedSeq,
  }
}
