import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportCalls } from '../../../src/engine/report/reportCalls.ts'
import { SeededDesk } from './seededDesk.ts'

const KINDS = ['stolen', 'counterfeit', 'customs', 'operator', 'legacy', 'decision', 'illegal-import'] as const
const PERIOD = { from: '2025-01-01', to: '2026-12-31' }
const QUESTIONS = [
  { report: 'blocklist', by: 'reason' },
  { report: 'blocklist', by: 'month' },
  { report: 'blocklist', by: 'brand' },
  { report: 'grey-clocks', by: 'clock' },
  { report: 'inflow', by: 'list' },
] as const

const zDay = fc.integer({ min: 0, max: 600 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))
const event = fc.oneof(
  fc.record({
    what: fc.constant('batch' as const),
    kind: fc.constantFrom(...KINDS),
    facts: fc.uniqueArray(fc.record({ serial: fc.integer({ min: 1, max: 12 }), date: zDay }), {
      selector: (f) => f.serial,
      maxLength: 8,
    }),
  }),
  fc.record({ what: fc.constant('undo' as const), of: fc.nat(20) }),
  fc.record({ what: fc.constant('tac' as const), brand: fc.constantFrom('Xiaomi', 'Samsung') }),
)

test('whatever happens later, a report as of a sequence number keeps its figures', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 10 }), async (events) => {
      const seeded = new SeededDesk()
      try {
        const calls = reportCalls(seeded.desk)
        const ask = (asOfSeq: number | null) =>
          Promise.all(QUESTIONS.map(async (q) => (await calls['report-figures']({ ...PERIOD, ...q, asOfSeq })).figures))
        const undone = new Set<number>()
        const told: { seq: number; figures: unknown }[] = []
        for (const [i, e] of events.entries()) {
          const at = new Date(Date.UTC(2026, 8, 1 + i)).toISOString()
          if (e.what === 'tac') seeded.tacs(at, [[86012301, e.brand, 'Model']])
          else if (e.what === 'batch')
            seeded.batch(
              e.kind,
              at,
              e.facts.map(({ serial, date }) => ({ imei14: 86_012_301_000_000 + serial, date })),
              {
                toBlack: e.facts.length,
              },
            )
          else if (seeded.batches > 0) {
            const no = 1 + (e.of % seeded.batches)
            if (undone.has(no)) continue
            undone.add(no)
            seeded.undo(no, at, { toNone: 1 })
          }
          told.push({ seq: seeded.seq, figures: await ask(null) })
        }
        for (const { seq, figures } of told) expect(await ask(seq)).toEqual(figures)
      } finally {
        seeded.close()
      }
    }),
    { numRuns: 25 },
  )
})
