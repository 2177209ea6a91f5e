import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Simulated, zSimulated } from '../../src/contract/simulation.ts'
import { Database } from '../../src/registry/db/pool.ts'
import { simulate } from '../../src/registry/simulate/simulate.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
  await desk.imports({ kind: 'operator', imeis: [imei(1), imei(2), imei(3)], date: '2025-10-05' })
  await desk.imports({ kind: 'operator', imeis: [imei(4)], date: '2025-04-05', source: 'beeline' })
  await desk.imports({ kind: 'operator', imeis: [imei(5)], date: '2025-02-05' })
  await desk.imports({ kind: 'customs', imeis: [imei(3)], date: '2025-10-01' })
  await desk.importsBlack({ kind: 'stolen', imeis: [imei(9)], date: '2025-10-01' })
})
afterAll(() => registry.stop())

async function simulated(set: Record<string, string>): Promise<Simulated> {
  const text = JSON.stringify(Object.entries(set).map(([key, value]) => ({ key, value })))
  return zSimulated.parse((await desk.signed('GET', `/v1/simulation?set=${encodeURIComponent(text)}`)).body)
}

test('more days of grace move the deadlines of grey', async () => {
  const found = await simulated({ graceDays: '60' })
  expect(found).toMatchObject({ judged: 6, narrowed: false, moved: 2, moves: [{ from: 'grey', to: 'grey', count: 2 }] })
  expect(found.sample[0]).toMatchObject({
    before: { list: 'grey', deadline: '2025-11-04' },
    after: { list: 'grey', deadline: '2025-12-04' },
  })
})

test('a later cut-off makes grey white, an earlier one makes white grey', async () => {
  expect(await simulated({ legacyCutOff: '2025-05-25' })).toMatchObject({
    moved: 1,
    moves: [{ from: 'grey', to: 'white', count: 1 }],
    operators: [{ value: 'beeline', count: 1 }],
  })
  expect(await simulated({ legacyCutOff: '2025-01-01' })).toMatchObject({
    judged: 6,
    moved: 1,
    moves: [{ from: 'white', to: 'grey', count: 1 }],
  })
})

test('of many facts only grey and black are looked at, with the same outcome', async () => {
  const db = new Database(registry.database, () => undefined)
  const ask = { from: null, to: null, set: [{ key: 'graceDays', value: '60' }], today: '2025-11-20' }
  const [narrow, whole] = [
    await simulate(db, ask, new AbortController().signal, 0),
    await simulate(db, ask, new AbortController().signal),
  ]
  await db.close()
  expect(narrow).toEqual({ ...whole, judged: 4, narrowed: true })
})

test('what moves no listing is answered without looking at any', async () => {
  expect(await simulated({ feeTenge: '4325' })).toMatchObject({ judged: 0, moved: 0, changes: [] })
})

test('a setting that is none is refused by name', async () => {
  const set = encodeURIComponent(JSON.stringify([{ key: 'graceDays', value: 'many' }]))
  expect((await desk.signed('GET', `/v1/simulation?set=${set}`)).body).toMatchObject({
    problem: { code: 'policy-unusable', details: { key: 'graceDays', value: 'many' } },
  })
  expect((await desk.signed('GET', '/v1/simulation?set=nonsense')).status).toBe(400)
})
