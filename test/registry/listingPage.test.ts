import { afterAll, beforeAll, expect, test } from 'vitest'
import { zGridFilter } from '../../src/contract/gridFilter.ts'
import { type ListingPage, listingQuery, zListingPage } from '../../src/contract/registry/listings.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
  await desk.imports({ kind: 'customs', imeis: [imei(1), imei(2), imei(3)], date: '2025-10-01' })
  await desk.imports({ kind: 'legacy', imeis: [imei(4), imei(5)], date: '2025-02-01' })
  await desk.imports({ kind: 'operator', imeis: [imei(2), imei(6)], date: '2025-10-05' })
  await desk.imports({ kind: 'operator', imeis: [imei(7)], date: '2025-10-05', source: 'beeline' })
})
afterAll(() => registry.stop())

async function page(filter: object, after: string | null = null, limit = 100): Promise<ListingPage> {
  const query = listingQuery(zGridFilter.parse(filter), after, limit)
  return zListingPage.parse((await desk.signed('GET', `/v1/listings?${query}`)).body)
}
const keys = ({ rows }: ListingPage): number[] => rows.map(({ imei14 }) => Number(imei14) - imei(0))

test('white by reason, operator and date, which no desk stores', async () => {
  expect(keys(await page({ list: 'white' }))).toEqual([1, 2, 3, 4, 5])
  expect(keys(await page({ list: 'white', reason: 'legacy' }))).toEqual([4, 5])
  expect(keys(await page({ list: 'white', operator: 'kcell' }))).toEqual([2])
  expect(keys(await page({ list: 'white', sinceFrom: '2025-09-01', sinceTo: '2025-10-31' }))).toEqual([1, 2, 3])
  expect(keys(await page({ list: 'white', prefix: String(imei(3)) }))).toEqual([3])
  expect(keys(await page({ list: 'white', brand: 'Nobody' }))).toEqual([])
  expect(keys(await page({ list: 'grey' }))).toEqual([6, 7])
})

test('pages follow each other by IMEI, without a gap and without a repetition', async () => {
  const seen: number[] = []
  for (let after: string | null = null; ; ) {
    const one: ListingPage = await page({ list: 'white' }, after, 2)
    seen.push(...keys(one))
    if (one.next === null) break
    after = one.next
  }
  expect(seen).toEqual([1, 2, 3, 4, 5])
})

test('a filter that is none is refused', async () => {
  expect((await desk.signed('GET', '/v1/listings?list=purple&limit=10')).status).toBe(400)
  expect((await desk.signed('GET', '/v1/listings?list=white&limit=100000')).status).toBe(400)
})
