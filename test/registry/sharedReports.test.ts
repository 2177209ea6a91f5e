import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '../../src/registry/commands/uuid7.ts'
import { TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const newId = (): string => uuid7(new Date().toISOString())
const query = {
  report: 'blocklist',
  from: '2026-01-01',
  to: '2026-12-31',
  by: 'reason',
  filters: {},
  compareTo: null,
} as const
const eventsOf = async (id: string) =>
  (await desk.feed()).flatMap(({ type, doc }) => {
    const { id: about, by } = doc as { id?: string; by?: string }
    return type.startsWith('report-') && about === id ? [{ type, by }] : []
  })

test('a shared report reaches all desks, and a change keeps who shared it', async () => {
  const id = newId()
  await desk.does('auditor', 'share-report', { id, name: 'Block list', query })
  await desk.does('approver', 'share-report', { id, name: 'Block list by brand', query: { ...query, by: 'brand' } })
  expect((await eventsOf(id)).map(({ type, by }) => [type, by])).toEqual([
    ['report-shared', 'auditor'],
    ['report-shared', 'auditor'],
  ])
})

test('the same command again is done once', async () => {
  const id = newId()
  const share = await desk.command('reviewer', 'share-report', { id, name: 'Once', query })
  const first = await desk.sendCommand(share)
  expect(await desk.sendCommand(share)).toMatchObject({ status: first.status, body: first.body })
  const drop = await desk.command('reviewer', 'unshare-report', { id })
  const dropped = await desk.sendCommand(drop)
  expect(dropped.body).toMatchObject({ status: 'done' })
  expect(await desk.sendCommand(drop)).toMatchObject({ status: dropped.status, body: dropped.body })
  expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['report-shared', 'report-unshared'])
})

test('only who shared it or who supervises changes it or takes it back', async () => {
  const id = newId()
  await desk.does('reviewer', 'share-report', { id, name: 'Mine', query })
  expect(await desk.isRefused('importer', 'share-report', { id, name: 'Theirs', query })).toBe('role-forbids')
  expect(await desk.isRefused('importer', 'unshare-report', { id })).toBe('role-forbids')
  await desk.does('approver', 'unshare-report', { id })
  expect(await desk.isRefused('reviewer', 'unshare-report', { id })).toBe('report-unknown')
})
