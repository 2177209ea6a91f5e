import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FACT_OF_BATCH } from '../../../src/domain/batch.ts'
import { DEFAULT_POLICY } from '../../../src/domain/defaultPolicy.ts'
import type { Fact } from '../../../src/domain/fact.ts'
import { listingOf } from '../../../src/domain/policy.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import { factsOf, factsOfSorted } from '../../../src/engine/db/facts.ts'
import type { Home } from '../../../src/engine/db/home.ts'
import { cursorOf, listedSeqOf } from '../../../src/engine/db/mirror.ts'
import { catchUp } from './catchUp.ts'
import { type BatchOf, batchId, RecordedFeed } from './recordedFeed.ts'
import { testHome } from './testHome.ts'

const FIRST = 86_000_000_000_000

/** What the facts say without any database: the batches, which of them live, and the policy. */
class Model {
  readonly batches = new Map<number, { seq: number; of: BatchOf; ended: number | null }>()
  facts(imei14: number, at = Number.POSITIVE_INFINITY): Fact[] {
    const facts: Fact[] = []
    for (const [no, b] of this.batches) {
      const kind = FACT_OF_BATCH[b.of.kind]
      if (kind === null || b.seq > at || (b.ended !== null && b.ended <= at)) continue
      for (const row of b.of.rows ?? [])
        if (row.imei14 === imei14)
          facts.push({
            kind,
            op: row.op ?? 'add',
            source: b.of.source,
            date: row.date ?? '2026-01-10',
            batch: batchId(no),
            seq: b.seq,
            ...(row.network ? { network: row.network } : {}),
          })
    }
    return facts
  }
}

const rows = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 25 }).chain((keys) =>
  fc.tuple(
    ...keys
      .sort((a, b) => a - b)
      .map((k) =>
        fc.record({
          imei14: fc.constant(FIRST + k),
          date: fc.constantFrom('2024-05-01', '2025-12-01', '2026-01-05'),
          op: fc.constantFrom('add' as const, 'add' as const, 'remove' as const),
        }),
      ),
  ),
)
const batch = fc.record({
  kind: fc.constantFrom(
    'customs' as const,
    'operator' as const,
    'stolen' as const,
    'blockrun' as const,
    'legacy' as const,
  ),
  source: fc.constantFrom('customs' as const, 'kcell' as const, 'police' as const),
  rows,
})
const step = fc.oneof(
  batch.map((b) => ({ do: 'commit' as const, batch: b })),
  fc.nat(20).map((n) => ({ do: 'undo' as const, n })),
  batch.chain((b) => fc.nat(20).map((n) => ({ do: 'replace' as const, batch: b, n }))),
  fc.constant({ do: 'pull' as const }),
)

function play(
  feed: RecordedFeed,
  model: Model,
  s: Exclude<typeof step extends fc.Arbitrary<infer S> ? S : never, { do: 'pull' }>,
): void {
  const live = [...model.batches].filter(([, b]) => b.ended === null).map(([no]) => no)
  const end = (no: number): void => {
    const b = model.batches.get(no)
    if (b) model.batches.set(no, { ...b, ended: feed.events.length })
  }
  if (s.do === 'undo') {
    const no = live[s.n]
    if (no === undefined) return
    feed.undo(no)
    end(no)
    return
  }
  const replaced = s.do === 'replace' ? live[s.n] : undefined
  const no = feed.commit({ ...s.batch, replaces: replaced === undefined ? [] : [replaced] })
  model.batches.set(no, { seq: feed.events.length, of: s.batch, ended: null })
  if (replaced !== undefined) end(replaced)
}

function expectSame(home: Home, model: Model): void {
  const cache = home.cache.read
  const keys = Array.from({ length: 41 }, (_, i) => FIRST + i)
  const stored = new Map(
    cache
      .rows<[number, string, string | null, string | null, string | null]>(
        'SELECT imei14, list, reason, since, deadline FROM listing',
      )
      .all()
      .map(([k, ...l]) => [k, l]),
  )
  for (const { imei14, facts } of factsOfSorted(cache, keys)) {
    const wanted = model.facts(imei14)
    expect(facts.map((f) => [f.batch, f.kind, f.op, f.date])).toEqual(
      wanted.map((f) => [f.batch, f.kind, f.op, f.date]),
    )
    const listing = listingOf(wanted, DEFAULT_POLICY)
    const row =
      listing.list === 'grey' || listing.list === 'black'
        ? [listing.list, listing.reason, listing.since, listing.deadline]
        : undefined
    expect(stored.get(imei14)).toEqual(row)
  }
}

describe('applying the feed', () => {
  test('after any history of commits, undos and replacing lists, facts and stored lists are those of the policy', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const home = testHome()
        const feed = new RecordedFeed()
        const model = new Model()
        for (const s of steps) {
          if (s.do === 'pull') await catchUp(home, feed)
          else play(feed, model, s)
        }
        await catchUp(home, feed)
        expectSame(home, model)
        expect(listedSeqOf(home.cache.read)).toBe(feed.events.length)
        home.close()
      }),
      { numRuns: 40 },
    )
  })

  test('what was live at an earlier sequence number still shows as of then', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    const no = feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST }] })
    feed.undo(no)
    await catchUp(home, feed)
    expect(factsOf(home.cache.read, FIRST)).toEqual([])
    expect(factsOf(home.cache.read, FIRST, { seq: 1 })).toHaveLength(1)
    expect(factsOf(home.cache.read, FIRST, { seq: 1, without: no })).toEqual([])
  })

  test('a batch of several segments counts as a whole, from its event on', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    const all = Array.from({ length: 250 }, (_, i) => ({ imei14: FIRST + i }))
    feed.commit({ kind: 'stolen', source: 'police', rows: all, rowsAPart: 100 })
    await catchUp(home, feed)
    expect(home.cache.read.value('SELECT count(*) FROM listing WHERE list = ?', 'black')).toBe(250)
  })

  test('an event of an unknown type stops the feed; what came before it counts, it is not skipped', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST }] })
    feed.events.push({ seq: 2, type: 'of-tomorrow', at: '2026-01-10T06:00:00.000Z', doc: {} })
    feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST + 1 }] })
    await expect(catchUp(home, feed)).rejects.toMatchObject({ problem: { code: 'event-unknown', details: { seq: 2 } } })
    expect(cursorOf(home.cache.read).seq).toBe(1)
    expect(factsOf(home.cache.read, FIRST)).toHaveLength(1)
  })

  test('a gap in the feed stops it', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST }] })
    feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST + 1 }] })
    feed.events.splice(0, 1)
    await expect(catchUp(home, feed)).rejects.toBeInstanceOf(ProblemError)
    expect(cursorOf(home.cache.read).seq).toBe(0)
  })

  test('a segment that is damaged, too large or not what was announced is refused, and nothing of it counts', async () => {
    const damage: ((bytes: Uint8Array) => Uint8Array)[] = [
      (bytes) => bytes.map((b, i) => (i === 40 ? b ^ 1 : b)),
      (bytes) => bytes.subarray(0, bytes.length - 20),
      () => new Uint8Array(64),
    ]
    for (const damaged of damage) {
      const home = testHome()
      const feed = new RecordedFeed()
      feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST }] })
      for (const [sha, bytes] of feed.blobs) feed.blobs.set(sha, damaged(bytes))
      await expect(catchUp(home, feed)).rejects.toMatchObject({ problem: { code: 'segment-damaged' } })
      expect(factsOf(home.cache.read, FIRST)).toEqual([])
      expect(cursorOf(home.cache.read).seq).toBe(0)
    }
  })

  test('a segment with more rows than announced is refused', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST }, { imei14: FIRST + 1 }] })
    const [event] = feed.events
    const doc = event?.doc as { segments: { rows: number }[] }
    for (const s of doc.segments) s.rows = 1
    await expect(catchUp(home, feed)).rejects.toMatchObject({
      problem: { code: 'segment-damaged', details: { reason: 'rows' } },
    })
  })

  test('a policy that starts by an event moves the stored lists', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    feed.commit({ kind: 'operator', source: 'kcell', rows: [{ imei14: FIRST, date: '2025-06-01', network: 'home' }] })
    await catchUp(home, feed)
    expect(home.cache.read.value('SELECT list FROM listing')).toBe('grey')
    feed.add('policy-set', {
      ...DEFAULT_POLICY,
      precedence: [...DEFAULT_POLICY.precedence],
      version: 2,
      legacyCutOff: '2025-07-01',
    })
    await catchUp(home, feed)
    expect(home.cache.read.value('SELECT count(*) FROM listing')).toBe(0)
  })

  test('a proposed batch shows, but its facts do not count', async () => {
    const home = testHome()
    const feed = new RecordedFeed()
    feed.commit({ kind: 'stolen', source: 'police', rows: [{ imei14: FIRST }] })
    const committed = feed.events.pop()
    feed.add('batch-proposed', committed?.doc as never)
    await catchUp(home, feed)
    expect(home.cache.read.value('SELECT state FROM batch')).toBe('proposed')
    expect(factsOf(home.cache.read, FIRST)).toEqual([])
    feed.add('batch-committed', { ...(committed?.doc as object), signedBy: ['approver'], replaces: [] } as never)
    await catchUp(home, feed)
    expect(factsOf(home.cache.read, FIRST)).toHaveLength(1)
    expect(home.cache.read.value('SELECT signed_by FROM batch')).toBe('["approver"]')
  })
})
