import type { z } from 'zod'
import type { ShownOfList, zListCounts } from '../../contract/engine/lookup.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { parseImei } from '../../domain/imei.ts'
import { listingOf } from '../../domain/policy.ts'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import { factsOfSorted } from '../db/facts.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { OwnReader } from '../db/store.ts'
import type { Desk } from '../sync/desk.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { uuid7 } from '../sync/uuid7.ts'

type Counts = z.input<typeof zListCounts>

/** What a row of a pasted list turned out to be, as a small number. */
const SHOWN = ['white', 'grey', 'black', 'none', 'unusable'] as const

interface Asked {
  readonly texts: readonly string[]
  readonly shown: Uint8Array
}

/** Lists kept for paging and export; the oldest leaves. */
const KEPT = 8
const MOST = 100_000
/** IMEIs computed between two breaths, so that other calls are answered meanwhile. */
const BLOCK = 4000

/** Lists of IMEIs that officers pasted: what each is, kept while the engine runs. */
export class AskedLists {
  readonly #desk: Desk
  readonly #kept = new Map<string, Asked>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Looks all of them up and keeps them under a name. Throws `too-many-imeis`, `cancelled`. */
  async ask(texts: readonly string[], job: RunningJob) {
    if (texts.length > MOST) throw trouble('too-many-imeis', { imeis: texts.length, most: MOST })
    const cache = this.#desk.home.cache.openReader()
    try {
      const cursor = cursorOf(cache)
      const shown = await this.#judge(cache, texts, job)
      const counts: Counts = { white: 0, grey: 0, black: 0, none: 0, unusable: 0 }
      for (const code of shown) counts[SHOWN[code] ?? 'unusable']++
      const list = uuid7(this.#desk.now())
      this.#kept.set(list, { texts, shown })
      for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest)
      return { kind: 'list' as const, list, total: texts.length, counts, asOf: { seq: cursor.seq, at: cursor.at } }
    } finally {
      cache.close()
    }
  }

  /** Places after `after` of the rows shown, at most `limit`, with what was asked there. Throws `list-forgotten`. */
  page(list: string, show: ShownOfList, after: number | null, limit: number): { place: number; text: string }[] {
    const { texts, shown } = this.#of(list)
    const wanted = show === 'all' ? -1 : SHOWN.indexOf(show)
    const rows: { place: number; text: string }[] = []
    for (let place = (after ?? -1) + 1; place < texts.length && rows.length < limit; place++)
      if (wanted < 0 || shown[place] === wanted) rows.push({ place, text: texts[place] ?? '' })
    return rows
  }

  #of(list: string): Asked {
    const found = this.#kept.get(list)
    if (!found) throw new ProblemError(problem('list-forgotten', {}))
    return found
  }

  async #judge(cache: OwnReader, texts: readonly string[], job: RunningJob): Promise<Uint8Array> {
    const policy = policyAt(cache, cursorOf(cache).seq)
    const keys = new Float64Array(texts.length)
    const isWrong = new Uint8Array(texts.length)
    texts.forEach((text, i) => {
      const parsed = parseImei(text)
      keys[i] = parsed.ok ? parsed.imei.imei14 : -1
      isWrong[i] = parsed.ok && parsed.imei.check === 'wrong' ? 1 : 0
    })
    const sorted = Float64Array.from(new Set(keys))
      .sort()
      .filter((key) => key >= 0)
    const known = new Map<Imei14, { code: number; anything: boolean }>()
    for (let from = 0; from < sorted.length; from += BLOCK) {
      for (const { imei14, facts } of factsOfSorted(cache, sorted.subarray(from, from + BLOCK)))
        known.set(imei14, { code: SHOWN.indexOf(listingOf(facts, policy).list), anything: facts.length > 0 })
      job.progress(Math.min(from + BLOCK, sorted.length), sorted.length)
      await new Promise((resolve) => setImmediate(resolve))
      if (job.signal.aborted) throw trouble('cancelled')
    }
    return Uint8Array.from(texts, (_, i) => {
      const found = known.get(keys[i] ?? -1)
      // a counterfeit on a list may be malformed by nature; one that nobody knows is a slip of the pen
      return !found || (isWrong[i] === 1 && !found.anything) ? SHOWN.indexOf('unusable') : found.code
    })
  }
}
