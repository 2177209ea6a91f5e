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

test('the second appeal of a person stays behind everybody’s first, also once his first one is closed', async () => {
  const [one, other] = [person('030506500049'), person('010203500058')]
  const [first, second, another] = [
    await fileAppeal(wire, imei(311), { applicant: one, receivedAt: '2025-01-06T05:00:00.000Z' }),
    await fileAppeal(wire, imei(312), { applicant: one, receivedAt: '2025-01-06T05:10:00.000Z' }),
    await fileAppeal(wire, imei(313), { applicant: other, receivedAt: '2025-01-06T06:00:00.000Z' }),
  ].map(({ id }) => id)
  const desk = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
  await desk.call('sync', {})
  expect((await desk.call('claim-appeal', { id: 'next' })).appeal).toBe(first)
  await desk.call('withdraw-appeal', { id: first ?? '', note: 'Сатып алушы телефонды қайтарды (SAMPLE)' })
  await desk.call('sync', {})

  expect(await desk.call('next-appeals', { besides: '', limit: 2 })).toEqual([another, second])
  expect((await desk.call('claim-appeal', { id: 'next' })).appeal).toBe(another)
  await desk.stop()
})

test('behind scores of appeals that the officer has returned, one he has not seen is made ready', async () => {
  const desk = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
  const returned: string[] = []
  for (let no = 0; no < 60; no++)
    await fileAppeal(wire, imei(400 + no), {
      applicant: person('990101400039'),
      receivedAt: '2024-12-02T05:00:00.000Z',
    })
  await desk.call('sync', {})
  for (let no = 0; no < 60; no++) {
    const { appeal } = await desk.call('claim-appeal', { id: 'next' })
    await desk.call('return-appeal', { id: appeal, reason: 'known' })
    returned.push(appeal)
  }
  await desk.call('sync', {})
  const [expected = ''] = await desk.call('next-appeals', { besides: '', limit: 1 })
  expect(returned).not.toContain(expected)
  expect((await desk.call('claim-appeal', { id: 'next' })).appeal).toBe(expected)
  await desk.stop()
})
