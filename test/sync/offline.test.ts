import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imei15Text } from '../../src/domain/imei.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { ALL_MATCH, fileAppeal } from './appealOf.ts'
import { FaultProxy } from './faultProxy.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const NOBODY = 'http://127.0.0.1:9'

describe('a desk without its registry', () => {
  test('answers from its mirror, and claims and decides; the decision goes out when the registry is back', async () => {
    const key = imei(101)
    await wire.imports({ kind: 'operator', imeis: [key], date: '2025-12-20' })
    const { id } = await fileAppeal(wire, key)
    const online = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await online.call('sync', {})
    await online.stop()

    const offline = await SyncDesk.open({ registry: NOBODY, as: 'reviewer', home: online.home })
    expect(await offline.call('sync', {})).toMatchObject({ online: false, pushed: 0, pulled: 0 })
    expect((await offline.call('lookup', { imeis: [imei15Text(key)] }))[0]).toMatchObject({ list: 'grey' })
    expect(await offline.call('claim-appeal', { id })).toMatchObject({ appeal: id, state: 'claimed', pending: true })
    const decided = await offline.call('decide-appeal', { id, verdict: 'approve', fields: ALL_MATCH, reasons: [] })
    expect(decided).toMatchObject({ pending: true, held: null })
    expect(await offline.call('status', {})).toMatchObject({ online: false, link: 'offline', pending: 2 })
    expect((await offline.call('appeal', { id })).pending).toBe(true)
    expect(await offline.problemOf('decide-appeal', { id, verdict: 'ask', fields: {}, reasons: ['R01'] })).toBe(
      'appeal-closed',
    )
    await offline.stop()

    const back = await SyncDesk.open({ registry: registry.url, as: 'reviewer', home: online.home })
    expect(await back.call('sync', {})).toMatchObject({ pushed: 2, pending: 0, needsAttention: 0, online: true })
    expect((await back.call('appeal', { id })).state).toBe('approved')
    expect((await back.call('appeal', { id })).draft).toBeNull()
    expect((await back.call('lookup', { imeis: [imei15Text(key)] }))[0]).toMatchObject({ list: 'white' })
  })

  test('gives the officer the next appeal by deadline, provisionally', async () => {
    const { id } = await fileAppeal(wire, imei(102), { receivedAt: '2025-01-06T05:00:00Z' })
    const online = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await online.call('sync', {})
    await online.stop()
    const offline = await SyncDesk.open({ registry: NOBODY, as: 'reviewer', home: online.home })
    expect(await offline.call('claim-appeal', { id: 'next' })).toMatchObject({ appeal: id, pending: true })
    const [waiting] = await offline.call('outbox', {})
    expect(waiting).toMatchObject({ kind: 'claim-appeal', subject: id, state: 'queued' })
    const mine = await offline.call('appeals', { state: null, mine: true, due: null, after: null, limit: 100 })
    expect(mine.rows.find((r) => r.id === id)).toMatchObject({ claimedBy: 'reviewer', pending: false })
    const second = await offline.call('claim-appeal', { id: 'next' }).catch((e) => e.problem.code)
    expect(second).not.toMatchObject({ appeal: id })
  })

  test('works on for as long as the registry allows and then only reads', async () => {
    const { id } = await fileAppeal(wire, imei(103))
    let clock = new Date().toISOString()
    const online = await SyncDesk.open({ registry: registry.url, as: 'reviewer', now: () => clock })
    await online.call('sync', {})
    await online.stop()
    const offline = await SyncDesk.open({ registry: NOBODY, as: 'reviewer', home: online.home, now: () => clock })
    expect((await offline.call('status', {})).readOnly).toBe(false)
    clock = new Date(Date.parse(clock) + 73 * 3_600_000).toISOString()
    expect((await offline.call('status', {})).readOnly).toBe(true)
    expect(await offline.problemOf('claim-appeal', { id })).toBe('read-only-offline')
    expect((await offline.call('appeal', { id })).id).toBe(id)
  })

  test('lets in an officer who signed in here before, with the role he had, and nobody else', async () => {
    const online = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await online.stop()
    const offline = await SyncDesk.open({ registry: NOBODY, home: online.home })
    expect(await offline.call('sign-in', { officer: 'reviewer' })).toMatchObject({ role: 'reviewer' })
    expect(await offline.problemOf('sign-in', { officer: 'somebody' })).not.toBe('none')
    await offline.call('sign-out', {})
    expect(await offline.problemOf('claim-appeal', { id: 'next' })).toBe('not-signed-in')
  })
})

describe('a connection that fails at the wrong moment', () => {
  test('an answer that is lost is asked for again under the same id: decided once', async () => {
    const { id } = await fileAppeal(wire, imei(111))
    const proxy = await FaultProxy.before(registry.url)
    const a = await SyncDesk.open({ registry: proxy.url, as: 'reviewer' })
    await a.call('sync', {})
    await a.call('claim-appeal', { id })
    proxy.loseAnswersTo('/v1/commands')
    const decided = await a.call('decide-appeal', { id, verdict: 'ask', fields: {}, reasons: ['R01'], note: 'once' })
    expect(decided).toMatchObject({ pending: true })
    expect(proxy.lost).toBe(1)
    const [sent] = await a.call('outbox', {})
    expect(sent).toMatchObject({ kind: 'decide-appeal', state: 'sending' })
    proxy.loseAnswersTo(null)
    expect(await a.call('sync', {})).toMatchObject({ pushed: 1, pending: 0, needsAttention: 0 })
    const { timeline } = await a.call('appeal', { id })
    expect(timeline.filter((t) => t.note === 'once')).toHaveLength(1)
    await proxy.close()
  })

  test('a refused command waits for the officer and holds nothing up', async () => {
    const first = await fileAppeal(wire, imei(112))
    const second = await fileAppeal(wire, imei(113))
    const online = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await online.call('sync', {})
    await online.stop()
    const offline = await SyncDesk.open({ registry: NOBODY, as: 'reviewer', home: online.home })
    await offline.call('claim-appeal', { id: first.id })
    await offline.call('claim-appeal', { id: second.id })
    await offline.stop()
    await wire.does('reviewer2', 'claim-appeal', { appeal: first.id })
    const back = await SyncDesk.open({ registry: registry.url, as: 'reviewer', home: online.home })
    expect(await back.call('sync', {})).toMatchObject({ pushed: 2, pending: 0, needsAttention: 1 })
    expect((await back.call('appeal', { id: first.id })).lease?.officer).toBe('reviewer2')
    expect((await back.call('appeal', { id: second.id })).lease?.officer).toBe('reviewer')
    const outbox = await back.call('outbox', {})
    expect(outbox.find((o) => o.subject === first.id)?.problem?.code).toBe('appeal-claimed-by-other')
  })

  test('a torn download goes on where it stopped', async () => {
    const key = imei(114)
    const many = Array.from({ length: 30_000 }, (_, i) => key + 1000 + i * 7)
    await wire.imports({ kind: 'customs', imeis: many })
    const proxy = await FaultProxy.before(registry.url)
    const a = await SyncDesk.open({ registry: proxy.url, as: 'auditor' })
    proxy.tearAfter('/v1/blobs/', 20_000)
    expect(await a.call('sync', {})).toMatchObject({ online: true })
    expect(proxy.torn).toBeGreaterThan(1)
    expect((await a.call('verify', {})).cache.equal).toBe(true)
    await proxy.close()
  })
})

describe('a decision that is held', () => {
  test('can be taken back until it is sent; what was set stays as the draft', async () => {
    const { id } = await fileAppeal(wire, imei(121))
    const a = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await a.call('sync', {})
    await a.call('claim-appeal', { id })
    const order = { id, verdict: 'ask' as const, fields: {}, reasons: ['R01' as const], note: 'held', holdSeconds: 60 }
    const { held } = await a.call('decide-appeal', order)
    expect((await a.call('outbox', {}))[0]).toMatchObject({ id: held, state: 'held' })
    expect((await a.call('sync', {})).pushed).toBe(0)
    expect(await a.call('take-back', { held: held ?? '' })).toEqual({ appeal: id })
    const after = await a.call('appeal', { id })
    expect(after).toMatchObject({ state: 'claimed', pending: false, draft: { note: 'held', verdict: 'ask' } })
    expect(await a.problemOf('take-back', { held: held ?? '' })).toBe('appeal-closed')
  })

  test('goes out when the desk stops before its time is over: a decision made is a decision kept', async () => {
    const { id } = await fileAppeal(wire, imei(122))
    const a = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await a.call('sync', {})
    await a.call('claim-appeal', { id })
    await a.call('decide-appeal', { id, verdict: 'ask', fields: {}, reasons: ['R01'], note: '', holdSeconds: 60 })
    await a.stop()
    const again = await SyncDesk.open({ registry: registry.url, as: 'reviewer', home: a.home })
    expect((await again.call('sync', {})).pushed).toBe(1)
    expect((await again.call('appeal', { id })).state).toBe('asked')
  })

  test('is sent by itself when its time is over', async () => {
    const { id } = await fileAppeal(wire, imei(123))
    const a = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await a.call('sync', {})
    await a.call('claim-appeal', { id })
    await a.call('decide-appeal', { id, verdict: 'ask', fields: {}, reasons: ['R01'], note: '', holdSeconds: 0.2 })
    await expect.poll(async () => (await a.call('appeal', { id })).state, { timeout: 20_000 }).toBe('asked')
  })
})
