import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type FiguresAsk,
  figuresQuery,
  type ListFigures,
  zListFigures,
} from '../../src/contract/registry/listFigures.ts'
import { addDays } from '../../src/domain/businessDate.ts'
import type { Listing } from '../../src/domain/listing.ts'
import { listingOf } from '../../src/domain/policy.ts'
import { uuid7 } from '../../src/registry/commands/uuid7.ts'
import { currentPolicy } from '../../src/registry/db/directory/queries.ts'
import { factsOf } from '../../src/registry/db/fact/queries.ts'
import { Database } from '../../src/registry/db/pool.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
let db: Database
let today = '2026-02-01'
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(`${today}T06:00:00Z`)
  desk = await TestDesk.enrolled(registry)
  db = new Database(registry.database, () => undefined)
})
afterAll(async () => {
  await db.close()
  await registry.stop()
})

const EVER = { from: '2000-01-01', to: '2099-12-31' }
const get = (query: string) => desk.signed('GET', `/v1/figures?${query}`, {}, `${today}T06:00:00Z`)
async function ask(of: Partial<FiguresAsk>): Promise<ListFigures> {
  const query = figuresQuery({ list: null, by: 'reason', seq: null, ...EVER, ...of })
  const { status, body } = await get(query)
  expect(status, JSON.stringify(body)).toBe(200)
  return zListFigures.parse(body)
}

const IMEIS = Array.from({ length: 12 }, (_, i) => imei(i))
/** Every IMEI of a history, black ones too. */
const ALL = [...IMEIS, ...Array.from({ length: 300 }, (_, i) => imei(1000 + i))]
const FIELDS = ['list', 'reason', 'month', 'deadline'] as const

/** Counts every listing that the rules give for the facts of now. */
async function fullCount(): Promise<Record<(typeof FIELDS)[number], Record<string, number>>> {
  const policy = await currentPolicy(db)
  const counts = { list: {}, reason: {}, month: {}, deadline: {} } as Record<string, Record<string, number>>
  const keyOf = (l: Listing): Record<(typeof FIELDS)[number], string> => ({
    list: l.list,
    reason: l.reason ?? '',
    month: l.since?.slice(0, 7) ?? '',
    deadline: l.deadline ?? '',
  })
  for (const [, facts] of await factsOf(db, ALL)) {
    const l = listingOf(facts, policy)
    if (l.list === 'none') continue
    for (const [field, key] of Object.entries(keyOf(l))) {
      const groups = counts[field] ?? {}
      groups[key] = (groups[key] ?? 0) + 1
    }
  }
  return counts as never
}

async function summary(seq: number): Promise<unknown> {
  const answers = await Promise.all(FIELDS.map((by) => ask({ by, seq })))
  return Object.fromEntries(
    answers.map(({ groups }, i) => [FIELDS[i], Object.fromEntries(groups.map(({ key, count }) => [key, count]))]),
  )
}

/** A version of the policy begins tomorrow, which then is today. */
async function policyBegins(graceDays: number): Promise<void> {
  today = addDays(today, 1)
  const policy = { ...(await currentPolicy(db)), graceDays, validFrom: today }
  const body = { proposal: uuid7(new Date().toISOString()), policy, note: '' }
  const { proposal, sha256 } = await desk.does('approver', 'propose-policy', body as never)
  registry.at(`${today}T06:00:00Z`)
  await desk.does('approver2', 'sign-policy', { proposal, sha256, agrees: true, note: '' })
}

const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('import' as const),
      kind: fc.constantFrom('customs' as const, 'operator' as const, 'legacy' as const),
      imeis: fc.subarray(IMEIS, { minLength: 1 }),
      month: fc.nat(11),
      full: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('stolen' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('undo' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('policy' as const), graceDays: fc.constantFrom(20, 30, 60) }) },
)

test('whatever is imported, undone and put in force, the summary is the full count, and as of each event it stays so', async () => {
  let black = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 8 }), async (acts) => {
      const batches: string[] = []
      const counted: { seq: number; full: unknown }[] = []
      for (const a of acts) {
        if (a.act === 'import') {
          const date = `2025-${String(1 + a.month).padStart(2, '0')}-15`
          batches.push((await desk.imports({ kind: a.kind, imeis: a.imeis, full: a.full, date })).batch)
        } else if (a.act === 'stolen') {
          // no history has reported these before
          const imeis = Array.from({ length: a.count }, () => imei(1000 + black++))
          batches.push((await desk.importsBlack({ kind: 'stolen', imeis })).batch)
        } else if (a.act === 'policy') await policyBegins(a.graceDays)
        else if (batches.length > 0) {
          const batch = batches[a.which % batches.length] ?? ''
          const undone = await desk.answerOf('importer', 'undo-batch', { batch, reason: 'sent by mistake' })
          if (undone.status === 'done' && (undone.result as { state: string }).state === 'awaiting-signature')
            await desk.does('approver', 'sign', { target: { type: 'undo', id: batch }, agrees: true, note: '' })
        }
        const { seq } = await ask({})
        const full = await fullCount()
        expect(await summary(seq)).toEqual(full)
        counted.push({ seq, full })
      }
      for (const { seq, full } of counted) expect(await summary(seq)).toEqual(full)
    }),
    { numRuns: 6 },
  )
})

test('a database from before counts white once, and goes on from there', async () => {
  await desk.imports({ kind: 'customs', imeis: [imei(6000), imei(6001)], date: '2024-11-03' })
  const { groups, seq } = await ask({ by: 'list' })
  await registry.query("DELETE FROM listing_figure WHERE list = 'white'")
  await registry.query('UPDATE listing_figure_state SET white_from = NULL')
  await registry.restart()
  expect((await ask({ by: 'list' })).groups).toEqual(groups)
  const before = await get(figuresQuery({ list: 'white', by: 'list', ...EVER, seq: 1 }))
  expect(before.body).toMatchObject({ problem: { code: 'not-available' } })
  await desk.imports({ kind: 'customs', imeis: [imei(6002)], date: '2024-11-03' })
  expect((await ask({ list: 'white', seq })).total + 1).toBe((await ask({ list: 'white' })).total)
})

test('a list, a period and an event narrow the figures; an event that has not been is refused', async () => {
  const { seq, total } = await ask({ list: 'white' })
  await desk.imports({ kind: 'customs', imeis: [imei(5000), imei(5001)], date: '2024-12-03' })
  expect(await ask({ list: 'white', by: 'month', from: '2024-12-01', to: '2024-12-31' })).toMatchObject({
    total: 2,
    groups: [{ key: '2024-12', count: 2 }],
  })
  expect((await ask({ list: 'white' })).total).toBe(total + 2)
  expect((await ask({ list: 'white', seq })).total).toBe(total)
  expect((await ask({ list: 'grey', from: '2024-12-01', to: '2024-12-31' })).total).toBe(0)
  const later = await get(figuresQuery({ list: null, by: 'list', ...EVER, seq: 1e9 }))
  expect(later).toMatchObject({ status: 409, body: { problem: { code: 'epoch-changed' } } })
  expect((await get('by=horoscope&from=2026-01-01&to=2026-02-01')).status).toBe(400)
})
