import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KEYS_KEPT_UP_TO } from '../../../src/contract/registry/snapshot.ts'
import { DEFAULT_POLICY } from '../../../src/domain/defaultPolicy.ts'
import { listingOf } from '../../../src/domain/policy.ts'
import { CACHE_MIGRATIONS } from '../../../src/engine/db/cacheMigrations/all.ts'
import { factsOfSorted } from '../../../src/engine/db/facts.ts'
import type { Reader } from '../../../src/engine/db/handle.ts'
import type { Home } from '../../../src/engine/db/home.ts'
import { traitsOf } from '../../../src/engine/db/listingTraits.ts'
import { policyAt } from '../../../src/engine/db/mirror.ts'
import { Store } from '../../../src/engine/db/store.ts'
import { relist } from '../../../src/engine/sync/applyBatch.ts'
import { relistChunk } from '../../../src/engine/sync/relist.ts'
import { KEY, testFolder, testHome } from './testHome.ts'

const FIRST = 86_012_304_000_000
const AT = '2025-12-01T06:00:00.000Z'

/** What happens to the mirror: a list of IMEIs `from`, every `step`-th, `count` of them; an end of one; another policy. */
type Happening =
  | {
      readonly what: 'list'
      readonly kind: 'operator' | 'customs' | 'stolen'
      readonly from: number
      readonly step: number
      readonly count: number
      readonly large: boolean
      readonly spanned: boolean
    }
  | { readonly what: 'end'; readonly batch: number }
  | { readonly what: 'policy'; readonly graceDays: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('list' as const),
      kind: fc.constantFrom('operator' as const, 'customs' as const, 'stolen' as const),
      from: fc.nat(400),
      step: fc.integer({ min: 1, max: 3 }),
      count: fc.integer({ min: 1, max: 260 }),
      large: fc.boolean(),
      /** How far it reaches is known of a large batch that came by its own segments. */
      spanned: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('end' as const), batch: fc.integer({ min: 1, max: 8 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('policy' as const), graceDays: fc.integer({ min: 10, max: 60 }) }),
  },
)

/** Facts of one transaction: a list is merged in many of them or in one. */
const chunk = fc.oneof(fc.integer({ min: 20, max: 300 }), fc.constant(30_000))

/** Makes it happen as the feed would leave it, with the note of what is to be merged. */
function happen(home: Home, seq: number, h: Happening): void {
  home.cache.write((tx) => {
    tx.run('INSERT INTO moment(seq, at) VALUES (?, ?)', seq, AT)
    tx.run('UPDATE cursor SET seq = ?, head = ? WHERE id = 1', seq, seq)
    if (h.what === 'policy') {
      const policy = { ...DEFAULT_POLICY, version: seq, graceDays: h.graceDays }
      tx.run('INSERT INTO policy(version, from_seq, doc) VALUES (?, ?, ?)', seq, seq, JSON.stringify(policy))
      relist(tx, seq, 0)
      return
    }
    if (h.what === 'end') {
      if (tx.run('UPDATE batch SET ended_seq = ? WHERE no = ? AND ended_seq IS NULL', seq, h.batch) > 0)
        relist(tx, seq, h.batch)
      return
    }
    const no = (tx.value<number | null>('SELECT max(no) FROM batch') ?? 0) + 1
    const source = { operator: 'kcell', customs: 'customs', stolen: 'police' }[h.kind]
    // what is large is told by the number of rows it was announced with: those of a small one are kept by batch as well
    const rows = h.large ? KEYS_KEPT_UP_TO + 1 : h.count
    tx.run(
      `INSERT INTO batch(no, id, kind, source, full, letter, file, content, counts, effect, rows, segments, by, desk, command, signed_by,
         state, seq, at, added_seq) VALUES (?, ?, ?, ?, 0, '', '', '', '{}', '{}', ?, '[]', '', '', '', '[]', 'committed', ?, ?, ?)`,
      ...[no, `batch ${no}`, h.kind, source, rows, seq, AT, seq],
    )
    const network = h.kind === 'operator' ? 'home' : null
    for (const doc of [1, 2]) {
      const data = JSON.stringify({ region: `region ${doc}`, bin: '250340000120' })
      tx.run(
        `INSERT INTO doc(batch, no, op, date, network, data) VALUES (?, ?, 'add', ?, ?, ?)`,
        ...[no, doc, `2025-11-${String(doc + (no % 20)).padStart(2, '0')}`, network, data],
      )
    }
    const keys = Array.from({ length: h.count }, (_, i) => FIRST + h.from + i * h.step)
    tx.insertSorted(
      'fact',
      ['imei14', 'batch', 'doc', 'next'],
      keys.map((key, i) => [key, no, 1 + (i % 2), 0]),
    )
    if (!h.large)
      tx.insertSorted(
        'batch_imei',
        ['batch', 'imei14'],
        keys.map((key) => [no, key]),
      )
    else if (h.spanned)
      tx.run('INSERT INTO batch_span(batch, first, last) VALUES (?, ?, ?)', no, keys[0] ?? 0, keys.at(-1) ?? 0)
    relist(tx, seq, no)
  })
}

/** The lists as the policy makes them of the facts, IMEI by IMEI. */
function computed(cache: Reader): unknown[] {
  const keys = cache.rows<[number]>('SELECT DISTINCT imei14 FROM fact ORDER BY imei14').all()
  const policy = policyAt(cache, Number.MAX_SAFE_INTEGER)
  return [
    ...factsOfSorted(
      cache,
      keys.map(([key]) => key),
    ),
  ].flatMap(({ imei14, facts }) => {
    const { list, reason, since, deadline } = listingOf(facts, policy)
    return list === 'grey' || list === 'black'
      ? [{ imei14, list, reason, since, deadline, ...traitsOf(cache, facts) }]
      : []
  })
}

const stored = (cache: Reader): unknown[] => cache.query('SELECT * FROM listing ORDER BY imei14').all()
const COUNTED = `SELECT list, reason, since, deadline, operator, region, importer, sum(count) AS count FROM listing_entry WHERE count <> 0
  GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7`
const COUNTED_BY_ROW = `SELECT list, reason, since, ifnull(deadline, '') AS deadline, ifnull(operator, '') AS operator,
  ifnull(region, '') AS region, ifnull(importer, '') AS importer, count(*) AS count FROM listing
  GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7`

describe('the stored lists', () => {
  test('are what the policy makes of the facts, whatever came and went, and every count is that of the rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(happening, fc.boolean()), { minLength: 1, maxLength: 8 }),
        chunk,
        (happenings, most) => {
          const home = testHome(testFolder())
          happenings.forEach(([h, merged], i) => {
            happen(home, i + 1, h)
            // some are merged at once, others only when more has happened
            if (merged) while (relistChunk(home.cache, most) !== null);
          })
          while (relistChunk(home.cache, most) !== null);
          const { read } = home.cache
          expect(stored(read)).toEqual(computed(read))
          expect(read.query(COUNTED).all()).toEqual(read.query(COUNTED_BY_ROW).all())
          home.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  test('a large list of IMEIs nobody knew is taken over whole, and counted', () => {
    const home = testHome()
    happen(home, 1, { what: 'list', kind: 'operator', from: 0, step: 2, count: 200, large: true, spanned: false })
    while (relistChunk(home.cache) !== null);
    // of the next one some lie between those
    happen(home, 2, { what: 'list', kind: 'stolen', from: 100, step: 3, count: 200, large: true, spanned: true })
    while (relistChunk(home.cache) !== null);
    const { read } = home.cache
    expect(stored(read)).toEqual(computed(read))
    expect(read.rows('SELECT list, sum(count) FROM listing_entry GROUP BY list ORDER BY list').all()).toEqual([
      ['black', 200],
      ['grey', 150],
    ])
  })

  test('of an older mirror are taken over row by row', () => {
    const path = `${testFolder()}/old.db`
    const options = { keyHex: KEY, synchronous: 'NORMAL', cacheMb: 8 } as const
    const before = new Store(
      'cache',
      path,
      options,
      CACHE_MIGRATIONS.filter(({ number }) => number < 90),
    )
    const rows = [
      [FIRST, 'grey', 'not-confirmed', '2025-11-02', '2025-12-02', 'kcell', 'Almaty', null],
      [FIRST + 1, 'grey', 'not-confirmed', '2025-11-02', '2025-12-02', 'kcell', 'Almaty', null],
      [FIRST + 2, 'black', 'stolen', '2025-11-03', null, null, null, '250340000120'],
    ]
    before.write((tx) =>
      tx.insertSorted(
        'listing',
        ['imei14', 'list', 'reason', 'since', 'deadline', 'operator', 'region', 'importer'],
        rows,
      ),
    )
    before.close()
    const now = new Store('cache', path, options, CACHE_MIGRATIONS)
    expect(now.read.rows('SELECT * FROM listing ORDER BY imei14').all()).toEqual(rows)
    expect(now.read.query(COUNTED).all()).toEqual(now.read.query(COUNTED_BY_ROW).all())
    now.close()
  })

  test('a batch half here when a desk learns how far batches reach may reach anywhere', () => {
    const path = `${testFolder()}/half.db`
    const options = { keyHex: KEY, synchronous: 'NORMAL', cacheMb: 8 } as const
    const before = new Store(
      'cache',
      path,
      options,
      CACHE_MIGRATIONS.filter(({ number }) => number < 121),
    )
    before.write((tx) =>
      tx.run(
        `INSERT INTO seg_applied(sha256, batch, tab, after, complete) VALUES ('first of two', 7, 'fact', ?, 1)`,
        FIRST,
      ),
    )
    before.close()
    const now = new Store('cache', path, options, CACHE_MIGRATIONS)
    expect(now.read.rows('SELECT batch, first, last FROM batch_span').all()).toEqual([[7, 0, 10 ** 14]])
    now.close()
  })
})
