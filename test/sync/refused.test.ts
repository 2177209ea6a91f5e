import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.stop())

/** A registry that says what a test wants. */
async function saying(hello: object): Promise<string> {
  const server = createServer((_, res) => res.end(JSON.stringify(hello)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const HELLO = {
  protocol: { min: 1, max: 1 },
  epoch: '00000000-0000-4000-8000-000000000001',
  head: 0,
  version: '1',
  sample: true,
  offlineHours: 72,
  time: '2026-01-01T00:00:00.000Z',
}

describe('a registry that will not do', () => {
  test('of another protocol version is named, and the desk stays as it is', async () => {
    const url = await saying({ ...HELLO, protocol: { min: 7, max: 9 } })
    const a = await SyncDesk.open({ registry: url })
    expect(await a.problemOf('sync', {})).toBe('registry-version')
    expect(await a.call('status', {})).toMatchObject({
      link: 'refused',
      online: false,
      problem: { code: 'registry-version' },
    })
  })

  test('something else that answers at the address is told from a registry that is not reached', async () => {
    const a = await SyncDesk.open({ registry: await saying({ hello: 'world' }) })
    expect(await a.problemOf('sync', {})).toBe('registry-not-tamga')
    const b = await SyncDesk.open({ registry: 'http://127.0.0.1:9' })
    expect(await b.call('sync', {})).toMatchObject({ online: false })
    expect(await b.call('status', {})).toMatchObject({ link: 'offline', problem: { code: 'registry-unreachable' } })
  })

  test('that has revoked the desk says so; what was ordered waits and is not lost', async () => {
    const wire = await TestDesk.enrolled(registry)
    const { id } = await fileAppeal(wire, imei(1))
    const a = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await a.call('sync', {})
    const { desk } = await a.call('status', {})
    await registry.query('UPDATE desk SET revoked_at = now() WHERE id = $1', [desk])
    expect(await a.call('claim-appeal', { id })).toMatchObject({ pending: true })
    expect(await a.call('status', {})).toMatchObject({ link: 'refused', pending: 1, problem: { code: 'desk-revoked' } })
    expect(await a.problemOf('sync', {})).toBe('desk-revoked')
    await registry.query('UPDATE desk SET revoked_at = NULL WHERE id = $1', [desk])
    expect(await a.call('sync', {})).toMatchObject({ pushed: 1, pending: 0 })
  })

  test('with an event this desk does not know stops it there, and says which', async () => {
    const own = await testRegistry()
    onTestFinished(() => own.stop())
    const a = await SyncDesk.open({ registry: own.url })
    await a.call('sync', {})
    const { seq } = await a.call('status', {})
    await own.query(`UPDATE counter SET seq = seq + 1`)
    await own.query(`INSERT INTO event (seq, type, at, doc) VALUES ($1, 'of-tomorrow', now(), '{}')`, [seq + 1])
    expect(await a.problemOf('sync', {})).toBe('event-unknown')
    expect(await a.call('status', {})).toMatchObject({
      link: 'stopped',
      seq,
      problem: { details: { type: 'of-tomorrow' } },
    })
  })
})

describe('who may do what', () => {
  test('is checked before anything is ordered', async () => {
    const wire = await TestDesk.enrolled(registry)
    const { id } = await fileAppeal(wire, imei(2))
    const importer = await SyncDesk.open({ registry: registry.url, as: 'importer' })
    await importer.call('sync', {})
    expect(await importer.problemOf('claim-appeal', { id })).toBe('role-forbids')
    expect(await importer.problemOf('sign', { id })).toBe('role-forbids')
    const reviewer = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await reviewer.call('sync', {})
    expect(await reviewer.problemOf('claim-appeal', { id: 'A-0000-000000' })).toBe('appeal-unknown')
    const approve = { id, verdict: 'approve' as const, fields: {}, reasons: [] }
    expect(await reviewer.problemOf('decide-appeal', approve)).toBe('appeal-not-claimed')
    await reviewer.call('claim-appeal', { id })
    expect(await reviewer.problemOf('decide-appeal', approve)).toBe('field-unseen')
    const against = { ...approve, fields: { imei1: 'match' as const, model: 'contradict' as const } }
    expect(await reviewer.problemOf('decide-appeal', against)).toBe('fields-contradict')
    expect(await reviewer.problemOf('decide-appeal', { ...approve, verdict: 'reject' })).toBe('reason-missing')
    expect((await reviewer.call('outbox', {})).map((o) => o.kind)).toEqual(['claim-appeal'])
    expect(await reviewer.problemOf('sign-in', { officer: 'nobody' })).toBe('unknown-officer')
  })
})
