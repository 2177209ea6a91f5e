import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunPartAsked, zRunPart } from '../../src/contract/registry/runPart.ts'
import type { EventDoc } from '../../src/contract/registry.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import { receive } from './testAppeal.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

/** Seen on this day an IMEI is grey until 31 October 2026. */
const SEEN = '2026-10-01'
const TODAY = '2026-11-10'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry({ policy: { blockRun: { cap: 8, holdsPerDevice: 1 } } })
  desk = await TestDesk.enrolled(registry)
  at(TODAY)
})
afterAll(() => registry.stop())

const at = (day: string): void => registry.at(`${day}T06:00:00.000Z`)
let runs = 0
const newRun = (): string => `01970000-0000-7000-8000-00000000${String(++runs).padStart(4, '0')}`
const propose = (officer: string, until = '2026-11-09') =>
  desk.does(officer, 'propose-blockrun', { run: newRun(), until })
const proposed = async (run: string | null): Promise<EventDoc<'blockrun-proposed'>> => {
  const events = await desk.feed()
  const found = events.find((e) => e.type === 'blockrun-proposed' && (e.doc as { id: string }).id === run)
  if (!found) throw new Error(`no run ${run}`)
  return found.doc as EventDoc<'blockrun-proposed'>
}
const signature = async (run: string | null, agrees = true) => {
  const signed = (await desk.feed()).findLast(
    (e) => e.type === 'blockrun-signed' && (e.doc as { id: string }).id === run,
  )
  const { manifest } = (signed?.doc as EventDoc<'blockrun-signed'> | undefined) ?? (await proposed(run))
  return { run: run ?? '', manifest, agrees, note: '' }
}
const signs = async (officer: string, run: string | null) => desk.does(officer, 'sign-blockrun', await signature(run))
const listOf = async (n: number) =>
  (await registry.query('SELECT list, reason, since::text FROM listing WHERE imei14 = $1', [imei(n)]))[0]
const grey = (...numbers: number[]) => desk.imports({ kind: 'operator', imeis: numbers.map(imei), date: SEEN })
/** Takes IMEIs out of the way of the next test. */
const declare = (...numbers: number[]) => desk.imports({ kind: 'customs', imeis: numbers.map(imei) })

describe('a block run', () => {
  test('proposed by an approver blocks with the signature of another approver, and no day earlier', async () => {
    await grey(1, 2)
    const run = await propose('approver')
    expect(run).toMatchObject({ toBlack: 2, held: 0, conflicts: 0, cap: 8, state: 'awaiting-signature' })
    expect(run.signatures).toEqual(['approver'])
    expect(await listOf(1)).toMatchObject({ list: 'grey' })
    at('2027-11-10')
    expect(await listOf(1)).toMatchObject({ list: 'grey' })
    at(TODAY)
    expect(await desk.isRefused('approver', 'sign-blockrun', await signature(run.run))).toBe('own-act')
    const signed = await signs('approver2', run.run)
    expect(signed).toMatchObject({ state: 'committed', toBlack: 2, signatures: ['approver', 'approver2'] })
    for (const n of [1, 2])
      expect(await listOf(n)).toEqual({ list: 'black', reason: 'not-verified-in-time', since: TODAY })
    const batch = (await desk.feed()).findLast((e) => e.type === 'batch-committed')?.doc
    expect(batch).toMatchObject({
      head: { id: run.run, kind: 'blockrun', source: 'ministry', file: { sha256: (await proposed(run.run)).manifest } },
      effect: { toBlack: 2 },
      by: 'approver',
      signedBy: ['approver2'],
    })
    expect(await desk.isRefused('approver2', 'sign-blockrun', await signature(run.run))).toBe('nothing-to-sign')
  })

  test('proposed by a reviewer needs two approvers, none of them twice', async () => {
    await grey(10)
    const run = await propose('reviewer')
    expect(run).toMatchObject({ toBlack: 1, signatures: [] })
    expect(await desk.isRefused('reviewer2', 'sign-blockrun', await signature(run.run))).toBe('role-forbids')
    expect(await desk.isRefused('importer', 'sign-blockrun', await signature(run.run))).toBe('role-forbids')
    expect(await signs('approver', run.run)).toMatchObject({ state: 'awaiting-signature', signatures: ['approver'] })
    expect(await listOf(10)).toMatchObject({ list: 'grey' })
    expect(await desk.isRefused('approver', 'sign-blockrun', await signature(run.run))).toBe('already-signed')
    expect(await signs('approver2', run.run)).toMatchObject({ state: 'committed' })
    expect(await listOf(10)).toMatchObject({ list: 'black' })
  })

  test('is proposed by reviewers and approvers only', async () => {
    for (const officer of ['importer', 'auditor', 'admin'])
      expect(await desk.isRefused(officer, 'propose-blockrun', { run: newRun(), until: TODAY })).toBe('role-forbids')
  })

  test('takes nobody before the day after his deadline, nor with a deadline after the day asked', async () => {
    await desk.imports({ kind: 'operator', imeis: [imei(20)], date: '2026-10-11' })
    await desk.imports({ kind: 'operator', imeis: [imei(21)], date: '2026-10-05' })
    const none = await propose('approver', '2026-11-03')
    expect(none).toMatchObject({ run: null, toBlack: 0, state: 'empty', signatures: [] })
    expect(await propose('approver', '2026-12-31')).toMatchObject({ toBlack: 1 })
    await declare(20, 21)
  })

  test('what changed since the proposal drops out, is told, and nothing is added', async () => {
    await grey(30, 31, 32, 33)
    const run = await propose('reviewer')
    expect(run).toMatchObject({ toBlack: 4, held: 0 })
    await declare(30)
    const appeal = await receive(desk, { imeis: [imei15Text(imei(31))] })
    await grey(34)
    const first = await signs('approver', run.run)
    expect(first).toMatchObject({ toBlack: 2, held: 1, state: 'awaiting-signature' })
    await desk.importsBlack({ kind: 'stolen', imeis: [imei(32)], moves: [[imei(32), 'grey', 'black']] })
    const second = await signs('approver2', run.run)
    expect(second).toMatchObject({ toBlack: 1, state: 'committed' })
    const told = (await desk.feed()).filter((e) => e.type === 'blockrun-signed').slice(-2)
    expect(told.map((e) => (e.doc as EventDoc<'blockrun-signed'>).dropped)).toEqual([
      [
        { imei14: imei(30), why: 'not-grey', appeal: null },
        { imei14: imei(31), why: 'held', appeal },
      ],
      [{ imei14: imei(32), why: 'not-grey', appeal: null }],
    ])
    expect(await listOf(30)).toBeUndefined()
    expect(await listOf(31)).toMatchObject({ list: 'grey' })
    expect(await listOf(32)).toMatchObject({ reason: 'stolen' })
    expect(await listOf(33)).toMatchObject({ list: 'black', reason: 'not-verified-in-time' })
    expect(await listOf(34)).toMatchObject({ list: 'grey' })
    await declare(31, 34)
  })

  test('from which everything dropped out ends empty', async () => {
    await grey(40)
    const run = await propose('approver')
    await declare(40)
    expect(await signs('approver2', run.run)).toMatchObject({ state: 'empty', toBlack: 0 })
  })

  test('leaves devices alone that an open appeal holds, every IMEI of them, and only once', async () => {
    await desk.imports({ kind: 'operator', imeis: [imei(50), imei(51)], date: SEEN, oneDevice: true })
    const first = await receive(desk, { imeis: [imei15Text(imei(50))], receivedAt: '2026-10-20T06:00:00Z' })
    const run = await propose('approver')
    expect(run).toMatchObject({ run: null, toBlack: 0, held: 2 })
    await registry.query("UPDATE appeal SET state = 'rejected' WHERE id = $1", [first])
    await receive(desk, { imeis: [imei15Text(imei(51))], receivedAt: '2026-11-01T06:00:00Z' })
    expect(await propose('approver')).toMatchObject({ toBlack: 2, held: 0 })
    await declare(50, 51)
  })

  test('leaves an IMEI alone while a complaint against the refusal of its appeal is open', async () => {
    await grey(55)
    const appeal = await receive(desk, { imeis: [imei15Text(imei(55))], receivedAt: '2026-10-20T06:00:00Z' })
    await receive(desk, { imeis: [imei15Text(imei(55))], receivedAt: '2026-10-19T06:00:00Z', iin: '250340000120' })
    const isSettled = `UPDATE appeal SET state = 'rejected' WHERE id IN (SELECT appeal FROM appeal_imei WHERE imei14 = $1)`
    await registry.query(isSettled, [imei(55)])
    const [{ version } = { version: '0' }] = await registry.query<{ version: string }>(
      'SELECT version FROM appeal WHERE id = $1',
      [appeal],
    )
    const run = await propose('reviewer')
    expect(run).toMatchObject({ toBlack: 1, held: 0 })

    // it is not the device's first appeal: only the complaint can hold it
    await desk.does('reviewer2', 'complain-appeal', { appeal, version: Number(version), text: 'I was not heard' })
    expect(await signs('approver', run.run)).toMatchObject({ state: 'empty', toBlack: 0, held: 1 })
    const told = (await desk.feed()).filter((e) => e.type === 'blockrun-signed').slice(-1)
    expect(told.map((e) => (e.doc as EventDoc<'blockrun-signed'>).dropped)).toEqual([
      [{ imei14: imei(55), why: 'held', appeal }],
    ])
    expect(await propose('approver')).toMatchObject({ run: null, toBlack: 0, held: 1 })
    expect(await listOf(55)).toMatchObject({ list: 'grey' })
    await declare(55)
  })

  test('names what white evidence speaks against: the other IMEI of the device is white', async () => {
    await desk.imports({ kind: 'operator', imeis: [imei(60), imei(61)], date: SEEN, oneDevice: true })
    await declare(60)
    await grey(62)
    const run = await propose('approver')
    expect(run).toMatchObject({ toBlack: 1, conflicts: 1 })
    expect((await proposed(run.run)).conflictImeis).toEqual([{ imei14: imei(61), why: 'device-white' }])
    await declare(61, 62)
  })

  test('blocks no more than its cap, the longest overdue first; the rest is told', async () => {
    await desk.imports({ kind: 'operator', imeis: [imei(79)], date: '2026-09-15' })
    await grey(70, 71, 72, 73, 74, 75, 76, 77, 78)
    const run = await propose('approver')
    expect(run).toMatchObject({ toBlack: 8, cap: 8 })
    const { imeis, beyondCap } = await proposed(run.run)
    expect(imeis).toEqual([70, 71, 72, 73, 74, 75, 76, 79].map(imei))
    expect(beyondCap).toBe(2)
    await declare(70, 71, 72, 73, 74, 75, 76, 77, 78, 79)
  })

  test('is declined by an approver or withdrawn by who proposed it, and blocks nobody', async () => {
    await grey(80)
    const run = await propose('reviewer')
    expect(await desk.isRefused('reviewer2', 'sign-blockrun', await signature(run.run, false))).toBe('role-forbids')
    const declined = await desk.does('approver', 'sign-blockrun', await signature(run.run, false))
    expect(declined).toMatchObject({ state: 'declined' })
    const again = await propose('reviewer')
    const withdrawn = await desk.does('reviewer', 'sign-blockrun', await signature(again.run, false))
    expect(withdrawn).toMatchObject({ state: 'declined' })
    expect(await listOf(80)).toMatchObject({ list: 'grey' })
    await declare(80)
  })

  test('another list of IMEIs than the one the officer saw is not signed', async () => {
    await grey(90)
    const run = await propose('approver')
    const seen = await signature(run.run)
    const other = { ...seen, manifest: 'f'.repeat(64) }
    expect(await desk.isRefused('approver2', 'sign-blockrun', other)).toBe('effect-changed')
    expect(await desk.isRefused('approver2', 'sign-blockrun', { ...seen, run: newRun() })).toBe('blockrun-unknown')
    await declare(90)
  })

  test('that was wrong is withdrawn like a list: a second officer signs, the IMEIs are grey as before', async () => {
    await grey(100)
    const run = await propose('approver')
    await signs('approver2', run.run)
    expect(await listOf(100)).toMatchObject({ list: 'black' })
    const id = run.run ?? ''
    const asked = await desk.does('importer', 'undo-batch', { batch: id, reason: 'warnings were not sent' })
    expect(asked).toMatchObject({ undone: false, effect: { toGrey: 1, leaveBlack: 1 } })
    await desk.does('approver', 'sign', { target: { type: 'undo', id }, agrees: true, note: '' })
    expect(await listOf(100)).toEqual({ list: 'grey', reason: 'not-confirmed', since: SEEN })
  })
})

test('every act of a run is in the audit', async () => {
  const acts = await registry.query('SELECT act, officer FROM audit WHERE subject = $1 ORDER BY no', [
    '01970000-0000-7000-8000-000000000001',
  ])
  expect(acts).toEqual([
    { act: 'propose-blockrun', officer: 'approver' },
    { act: 'sign-blockrun', officer: 'approver2' },
  ])
})

test('a run takes only what a filter lets through: brand, operator, region, dates; what is beyond its cap is counted', async () => {
  await desk.imports({ kind: 'operator', imeis: [901, 902, 903].map(imei), date: '2026-10-04' })
  await desk.imports({ kind: 'operator', source: 'beeline', imeis: [904, 905].map(imei), date: '2026-10-05' })
  const where = (filter: object) => zRunPart.parse({ where: { list: 'grey', sinceFrom: '2026-10-04', ...filter } })
  const counted = async (part: RunPartAsked) => {
    const { run, toBlack } = await desk.does('reviewer', 'propose-blockrun', {
      run: newRun(),
      until: '2026-11-09',
      part,
    })
    const beyondCap = run === null ? 0 : (await proposed(run)).beyondCap
    if (run !== null) expect((await proposed(run)).part).toEqual(part)
    return [toBlack, beyondCap]
  }
  expect(await counted(where({ operator: 'kcell' }))).toEqual([3, 0])
  expect(await counted({ ...where({ operator: 'kcell' }), most: 2 })).toEqual([2, 1])
  expect(await counted(where({ operator: 'beeline', sinceFrom: '2026-10-05' }))).toEqual([2, 0])
  expect(await counted(where({ sinceTo: '2026-10-04', reason: 'not-confirmed' }))).toEqual([3, 0])
  for (const nobody of [{ operator: 'tele2' }, { brand: 'Nobody' }, { region: 'Nowhere' }, { prefix: '99' }])
    expect(await counted(where(nobody))).toEqual([0, 0])
  await declare(901, 902, 903, 904, 905)
})
