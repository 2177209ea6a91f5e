import { afterAll, beforeAll, expect, test } from 'vitest'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const person = (iin: string) => ({ key: { kind: 'iin', iin }, name: 'Айгүл Үлгі (SAMPLE)', language: 'kk' }) as const

test('what a desk makes ready is what the registry gives next: by deadline, everybody’s first before a second, returned last', async () => {
  const [one, other] = [person('900101300007'), person('250340000120')]
  const filed = [
    await fileAppeal(wire, imei(301), { applicant: one, receivedAt: '2025-03-03T05:00:00.000Z' }),
    await fileAppeal(wire, imei(302), { applicant: one, receivedAt: '2025-03-03T05:10:00.000Z' }),
    await fileAppeal(wire, imei(303), { applicant: other, receivedAt: '2025-03-03T06:00:00.000Z' }),
    await fileAppeal(wire, imei(304), { applicant: other, receivedAt: '2025-02-27T05:00:00.000Z' }),
  ].map(({ id }) => id)
  const desk = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
  await desk.call('sync', {})
  const { appeal: first } = await desk.call('claim-appeal', { id: 'next' })
  await desk.call('return-appeal', { id: first, reason: 'known' })
  await desk.call('sync', {})

  const expected = await desk.call('next-appeals', { besides: '', limit: 20 })
  expect(expected).toHaveLength(filed.length)
  expect(expected.at(-1)).toBe(first)
  const given: string[] = []
  for (const _ of filed) given.push((await desk.call('claim-appeal', { id: 'next' })).appeal)
  expect(given).toEqual(expected)
  expect(await desk.call('next-appeals', { besides: '', limit: 20 })).toEqual([])
  await desk.stop()
})
