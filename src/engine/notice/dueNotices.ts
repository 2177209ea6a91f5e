import type { z } from 'zod'
import type { NOTICE_CALLS } from '../../contract/engine/notices.ts'
import { type GridFilter, keysOfPrefix, letsThrough, type Traited, withinRange } from '../../contract/gridFilter.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import { type NoticeStage, noticeDue } from '../../domain/notice.ts'
import type { Policy } from '../../domain/policy.ts'
import { Brands } from '../db/brands.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { greyEntries, greyWithNotices } from './queries.ts'

type Counts = z.input<(typeof NOTICE_CALLS)['notices-due']['output']>
type Page = z.input<(typeof NOTICE_CALLS)['notices-due-page']['output']>
type Asked = z.output<(typeof NOTICE_CALLS)['notices-due-page']['input']>

/** Rows read of the lists at once. */
const BLOCK = 5000

interface Grey {
  readonly imei14: Imei14
  readonly said: Traited & { readonly deadline: IsoDate }
  /** What is due to it today. */
  readonly stage: NoticeStage | null
}

/** Grey IMEIs a filter lets through, by IMEI, read block by block from `after` on; what lies before the range it names is not read. */
class GreyBlocks {
  readonly #cache: Reader
  readonly #where: GridFilter | null
  readonly #today: IsoDate
  readonly #policy: Policy
  /** What is said of grey IMEIs, where the filter lets it through, by number of the entry; the numbers as JSON. */
  readonly #entries: ReadonlyMap<number, Traited>
  readonly #numbers: string
  readonly #tacs: ReadonlySet<number> | null
  readonly #last: Imei14
  #after: Imei14
  done = false

  constructor(desk: Pick<Desk, 'home' | 'now'>, where: GridFilter | null, after: Imei14) {
    const cache = desk.home.cache.read
    const [first, last] = keysOfPrefix(where?.prefix ?? '')
    this.#cache = cache
    this.#where = where
    this.#today = businessDate(desk.now())
    this.#policy = policyAt(cache, cursorOf(cache).seq)
    const asked = [...greyEntries(cache)].filter(([, said]) => where === null || letsThrough(where, said))
    this.#entries = new Map(asked)
    this.#numbers = JSON.stringify([...this.#entries.keys()])
    this.#tacs = where?.brand ? new Set(new Brands(cache).tacsOf(where.brand)) : null
    this.#last = last
    this.#after = Math.max(after, first - 1)
  }

  next(): Grey[] {
    const rows = greyWithNotices(this.#cache, this.#numbers, this.#after, this.#last, BLOCK)
    const end = rows.at(-1)
    if (!end || rows.length < BLOCK) this.done = true
    if (end) this.#after = end.imei14
    const found: Grey[] = []
    for (const { imei14, entry, given } of rows) {
      const said = this.#entries.get(entry)
      if (!said || said.deadline === null || !this.#isWithin(imei14)) continue
      const stage = noticeDue(said.deadline, new Set(given), this.#today, this.#policy)
      found.push({ imei14, said: { ...said, deadline: said.deadline }, stage })
    }
    return found
  }

  #isWithin(imei14: Imei14): boolean {
    return this.#where === null || withinRange(this.#where, imei14, this.#tacs)
  }
}

/** How many warnings are due today, by stage, and how many IMEIs are past their deadline. */
export async function countDue(desk: Pick<Desk, 'home' | 'now'>, where: GridFilter | null): Promise<Counts> {
  const today = businessDate(desk.now())
  const due = { first: 0, reminder: 0, last: 0, overdue: 0 }
  for (const blocks = new GreyBlocks(desk, where, -1); !blocks.done; ) {
    for (const { stage, said } of blocks.next()) {
      if (stage) due[stage]++
      if (said.deadline < today) due.overdue++
    }
    await new Promise(setImmediate)
  }
  return due
}

/** A page of whom a warning is due to, by IMEI. */
export async function dueNotices(desk: Pick<Desk, 'home' | 'now'>, asked: Asked): Promise<Page> {
  const rows: Page['rows'] = []
  for (const blocks = new GreyBlocks(desk, asked.where, Number(asked.after ?? -1)); !blocks.done; ) {
    for (const { imei14, said, stage } of blocks.next()) {
      if (stage === null || (asked.stage !== null && stage !== asked.stage)) continue
      if (rows.length === asked.limit) return { rows, next: rows.at(-1)?.imei14 ?? null }
      const { since, deadline, operator } = said
      if (since !== null) rows.push({ imei14: imei14Text(imei14), stage, since, deadline, operator })
    }
    await new Promise(setImmediate)
  }
  return { rows, next: null }
}
