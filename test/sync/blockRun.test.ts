import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imei14Text, imei15Text } from '../../src/domain/imei.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { SyncDesk } from './syncDesk.ts'

const NOW = '2026-11-10T06:00:00.000Z'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
  registry.at(NOW)
})
afterAll(() => registry.stop())

async function open(as: string, url: string | null = registry.url, home?: string): Promise<SyncDesk> {
  const desk = await SyncDesk.open({ registry: url, as, now: () => NOW, ...(home === undefined ? {} : { home }) })
  if (url === registry.url) await desk.call('sync', {})
  return desk
}

const grey = (...numbers: number[]) => wire.imports({ kind: 'operator', imeis: numbers.map(imei), date: '2026-10-01' })
const looked = async (desk: SyncDesk, n: number) => (await desk.call('lookup', { imeis: [imei15Text(imei(n))] }))[0]

describe('a block run between desks', () => {
  test('signed on two desks is seen on a third: black, not verified in time, and explained by the run', async () => {
    await grey(1, 2, 3)
    const { id } = await fileAppeal(wire, imei(3))
    const a = await open('approver')
    expect(await a.call('blockrun-preview', { until: null })).toMatchObject({
      until: '2026-11-09',
      toBlack: 2,
      held: 1,
      conflicts: 0,
      beyondCap: 0,
      heldBy: { appeal: 1, complaint: 0, warning: 0 },
      amnestyUntil: null,
    })
    const prefix = imei14Text(imei(2))
    expect(await a.call('blockrun-preview', { until: null, prefix })).toMatchObject({ toBlack: 1, held: 0 })
    expect(await a.call('blockrun-preview', { until: null, most: 1 })).toMatchObject({ toBlack: 1, cap: 1 })
    const proposed = await a.call('blockrun-propose', { until: null })
    expect(proposed).toMatchObject({ toBlack: 2, held: 1, state: 'awaiting-signature', signatures: ['approver'] })
    const run = proposed.run ?? ''
    expect(await a.problemOf('blockrun-sign', { run })).toBe('own-act')

    expect((await a.call('appeal-counts', {})).awaitingMySignature).toBe(0)

    const b = await open('approver2')
    expect((await b.call('appeal-counts', {})).awaitingMySignature).toBe(1)
    expect(await b.call('blockrun-show', { run: '1' })).toMatchObject({ run, no: 1, toBlack: 2, by: 'approver' })
    expect(await b.call('blockrun-imeis', { run, part: 'held', after: null, limit: 10 })).toEqual([
      { imei14: imei14Text(imei(3)), why: 'held', appeal: id },
    ])
    expect(await b.call('blockrun-sign', { run })).toMatchObject({ state: 'committed', toBlack: 2 })
    expect(await looked(b, 1)).toMatchObject({ list: 'black', reason: 'not-verified-in-time', since: '2026-11-10' })

    const c = await open('auditor')
    expect(await looked(c, 2)).toMatchObject({ list: 'black', reason: 'not-verified-in-time' })
    expect(await looked(c, 3)).toMatchObject({ list: 'grey', overdue: true })
    const why = await c.call('explain', { imei: imei15Text(imei(1)) })
    expect(why.rules.find((r) => r.fired)?.rule).toBe('not-verified-in-time')
    expect(why.facts.find((f) => f.kind === 'not-verified-in-time')).toMatchObject({ batch: run, data: { run, no: 1 } })
    expect((await c.call('blockruns', {}))[0]).toMatchObject({
      state: 'committed',
      signatures: ['approver', 'approver2'],
    })
    expect((await c.call('verify', {})).cache.equal).toBe(true)
    expect(await c.problemOf('blockrun-propose', { until: null })).toBe('role-forbids')
  })

  test('shows before the signature what has dropped out since, also without the registry', async () => {
    await grey(11, 12)
    const a = await open('reviewer')
    const { run } = await a.call('blockrun-propose', { until: null })
    await wire.imports({ kind: 'customs', imeis: [imei(11)] })
    const b = await open('approver')
    const shown = await b.call('blockrun-show', { run: run ?? '' })
    expect(shown).toMatchObject({ toBlack: 1, dropped: 1, state: 'awaiting-signature' })
    await b.stop()
    const offline = await open('approver', null, b.home)
    expect(await offline.call('blockrun-show', { run: run ?? '' })).toEqual(shown)
    expect(await offline.call('blockrun-sign', { run: run ?? '' })).toMatchObject({ state: 'queued', toBlack: 1 })
    await offline.stop()
    const back = await open('approver', registry.url, b.home)
    expect(await back.call('blockrun-show', { run: run ?? '' })).toMatchObject({ toBlack: 1, signatures: ['approver'] })
    expect(await back.call('blockrun-imeis', { run: run ?? '', part: 'dropped', after: null, limit: 10 })).toEqual([
      { imei14: imei14Text(imei(11)), why: 'not-grey', appeal: null },
    ])
    const last = await open('approver2')
    expect(await last.call('blockrun-sign', { run: run ?? '' })).toMatchObject({ state: 'committed', toBlack: 1 })
    expect(await looked(last, 11)).toMatchObject({ list: 'white' })
    expect(await looked(last, 12)).toMatchObject({ list: 'black' })
  })

  test('proposed without the registry goes out when it is back', async () => {
    await grey(21)
    const online = await open('approver')
    await online.stop()
    const a = await open('approver', 'http://127.0.0.1:9', online.home)
    expect(await a.call('blockrun-propose', { until: null })).toMatchObject({ state: 'queued', toBlack: 1 })
    await a.stop()
    const back = await open('approver', registry.url, online.home)
    expect((await back.call('blockruns', {}))[0]).toMatchObject({ state: 'awaiting-signature', toBlack: 1 })
  })

  test('declined is ended, with the reason', async () => {
    await grey(31)
    const a = await open('reviewer')
    const { run } = await a.call('blockrun-propose', { until: null })
    const b = await open('approver')
    const body = { run: run ?? '', agrees: false, note: 'the warnings were not delivered' }
    expect(await b.call('blockrun-sign', body)).toMatchObject({ state: 'declined' })
    expect(await b.call('blockrun-show', { run: run ?? '' })).toMatchObject({ state: 'declined', note: body.note })
    expect(await looked(b, 31)).toMatchObject({ list: 'grey' })
  })
})
