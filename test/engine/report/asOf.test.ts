import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REPORTS } from '../../../src/contract/engine/report.ts'
import { ROUTES } from '../../../src/domain/appeal.ts'
import { addDays } from '../../../src/domain/businessDate.ts'
import { LISTS } from '../../../src/domain/listing.ts'
import { listingOf } from '../../../src/domain/policy.ts'
import { factsOf } from '../../../src/engine/db/facts.ts'
import { policyAt } from '../../../src/engine/db/mirror.ts'
import { CATALOGUE } from '../../../src/engine/report/catalogue.ts'
import { reportCalls } from '../../../src/engine/report/reportCalls.ts'
import { OperatorActs, operatorAct } from './operatorActs.ts'
import { anAppeal, type SeedAppeal } from './seededAppeal.ts'
import { SeededDesk } from './seededDesk.ts'

const KINDS = ['stolen', 'counterfeit', 'customs', 'operator', 'legacy', 'decision', 'illegal-import'] as const
const PERIOD = { from: '2025-01-01', to: '2026-12-31' }
const PLAIN = { filters: {}, compareTo: null, language: 'en' } as const
const EARLIER = { from: '2024-01-01', to: '2025-12-31' }

/** Every report of the catalogue by everything it can be grouped by; some of them filtered and compared too. */
const QUESTIONS = REPORTS.flatMap((report) =>
  CATALOGUE[report].groupings.map((by) => ({ ...PLAIN, report, by })),
).concat(
  { ...PLAIN, report: 'blocklist', by: 'month', filters: { reason: ['stolen'], brand: ['Xiaomi'] } } as never,
  { ...PLAIN, report: 'inflow', by: 'month', filters: { list: ['black'] } } as never,
  { ...PLAIN, report: 'appeals', by: 'officer', filters: { route: ['post'], state: ['approved'] } } as never,
  { ...PLAIN, report: 'blocklist', by: 'brand', compareTo: EARLIER } as never,
  { ...PLAIN, report: 'appeals', by: 'month', compareTo: EARLIER } as never,
)

const day = fc.integer({ min: 0, max: 600 }).map((n) => addDays('2025-01-01', n))
const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('batch' as const),
      kind: fc.constantFrom(...KINDS),
      facts: fc.uniqueArray(
        fc.record({
          serial: fc.integer({ min: 1, max: 12 }),
          date: day,
          data: fc.record({
            bin: fc.constantFrom('040540000017', '990101300012'),
            region: fc.constantFrom('Алматы', 'Абай'),
          }),
        }),
        { selector: (f) => f.serial, maxLength: 8 },
      ),
    }),
  },
  fc.record({ what: fc.constant('undo' as const), of: fc.nat(20) }),
  fc.record({ what: fc.constant('tac' as const), brand: fc.constantFrom('Xiaomi', 'Samsung') }),
  fc.record({ what: fc.constant('policy' as const), cutOff: day }),
  { weight: 4, arbitrary: operatorAct },
  fc.record({
    what: fc.constant('appeal' as const),
    no: fc.integer({ min: 1, max: 4 }),
    route: fc.constantFrom(...ROUTES),
    step: fc.constantFrom('claimed', 'proposed', 'approved', 'rejected', 'preliminary', 'revoked', 'complained'),
    officer: fc.constantFrom('reviewer', 'reviewer2'),
  }),
)

test('whatever happens later, a report as of a sequence number keeps its figures', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 12 }), async (events) => {
      const seeded = new SeededDesk()
      try {
        const calls = reportCalls(seeded.desk)
        const ask = (of: typeof calls, asOfSeq: number | null) =>
          Promise.all(QUESTIONS.map(async (q) => (await of['report-figures']({ ...PERIOD, ...q, asOfSeq })).table))
        const undone = new Set<number>()
        const appeals = new Map<number, SeedAppeal>()
        const acts = new OperatorActs()
        const told: { seq: number; tables: unknown }[] = []
        for (const [i, e] of events.entries()) {
          const at = new Date(Date.UTC(2026, 8, 1 + i)).toISOString()
          if (e.what === 'tac') seeded.tacs(at, [[86012301, e.brand, 'Model']])
          else if (e.what === 'policy') seeded.policy(at, { legacyCutOff: e.cutOff })
          else if (e.what === 'act') acts.tell(seeded, e, at)
          else if (e.what === 'appeal') {
            const next = anAppeal(appeals.get(e.no) ?? null, { ...e, at })
            appeals.set(e.no, next)
            seeded.appeal(next, at)
          } else if (e.what === 'batch')
            seeded.batch(
              e.kind,
              at,
              e.facts.map(({ serial, ...f }) => ({ imei14: 86_012_301_000_000 + serial, ...f })),
            )
          else if (seeded.batches > 0) {
            const no = 1 + (e.of % seeded.batches)
            if (undone.has(no)) continue
            undone.add(no)
            seeded.undo(no, at)
          }
          told.push({ seq: seeded.seq, tables: await ask(calls, null) })
        }
        // another desk's memory: nothing it has told before is remembered
        const later = reportCalls(seeded.desk)
        for (const { seq, tables } of told) expect(await ask(later, seq)).toEqual(tables)
        expectMovesToAddUp(seeded, (await ask(later, null)).length)
      } finally {
        seeded.close()
      }
    }),
    { numRuns: 8 },
  )
})

/** The maintained summary of moves against the full count: every IMEI's listing computed anew from its facts. */
function expectMovesToAddUp(seeded: SeededDesk, _asked: number): void {
  const cache = seeded.home.cache.read
  const counted = Object.fromEntries(LISTS.map((list) => [list, 0])) as Record<(typeof LISTS)[number], number>
  for (const [imei14] of cache.rows<[number]>('SELECT DISTINCT imei14 FROM fact').all())
    counted[listingOf(factsOf(cache, imei14), policyAt(cache, seeded.seq)).list]++
  const moved = (list: string): number =>
    (cache.value<number | null>('SELECT sum(count) FROM move WHERE to_list = ?', list) ?? 0) -
    (cache.value<number | null>('SELECT sum(count) FROM move WHERE from_list = ?', list) ?? 0)
  for (const list of ['white', 'grey', 'black'] as const) expect(moved(list), list).toBe(counted[list])
}
