import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { listingOf } from '../../src/domain/policy.ts'
import { factsOf } from '../../src/registry/db/fact/queries.ts'
import { Database } from '../../src/registry/db/pool.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
let db: Database
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
  db = new Database(registry.database, () => undefined)
})
afterAll(async () => {
  await db.close()
  await registry.stop()
})

const IMEIS = Array.from({ length: 12 }, (_, i) => imei(i))
const day = (n: number) => `2025-${String(1 + (n % 12)).padStart(2, '0')}-15`

const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('import' as const),
      kind: fc.constantFrom('customs' as const, 'operator' as const, 'legacy' as const),
      imeis: fc.subarray(IMEIS, { minLength: 1 }),
      month: fc.nat(11),
      full: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('undo' as const), which: fc.nat(20) }) },
)

test('whatever is imported, replaced and undone: stored listings are always those the rules give', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
      const batches: string[] = []
      for (const a of acts) {
        if (a.act === 'import') {
          const { kind, imeis, full } = a
          batches.push((await desk.imports({ kind, imeis, full, date: day(a.month) })).batch)
        } else if (batches.length > 0)
          await desk.answerOf('importer', 'undo-batch', { batch: batches[a.which % batches.length] ?? '', reason: 'x' })
      }
      const expected = [...(await factsOf(db, IMEIS))].flatMap(([imei14, facts]) => {
        const l = listingOf(facts, DEFAULT_POLICY)
        return l.list === 'grey' || l.list === 'black' ? [{ imei14, ...l }] : []
      })
      const stored = await db.all('SELECT imei14, list, reason, since, deadline FROM listing ORDER BY imei14')
      expect(stored).toEqual(expected)
    }),
    { numRuns: 15 },
  )
})
