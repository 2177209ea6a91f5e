import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imei15Text } from '../../src/domain/imei.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { SyncDesk } from './syncDesk.ts'

const DAY_MS = 86_400_000

describe('a registry that collects what its snapshot carries', () => {
  let registry: TestRegistry
  let wire: TestDesk
  const listOf = async (desk: SyncDesk, n: number) =>
    (await desk.call('lookup', { imeis: [imei15Text(imei(n))] }))[0]?.list
  const hasBlob = (sha256: string) => existsSync(join(registry.data, 'blobs', sha256.slice(0, 2), sha256))
  beforeAll(async () => {
    registry = await testRegistry({ snapshot: { rows: 50 } })
    wire = await TestDesk.enrolled(registry)
  })
  afterAll(() => registry.stop())

  test('keeps its feed short: a desk away for longer boots anew beside its old mirror, its work waits meanwhile', async () => {
    const first = await wire.batch({ kind: 'operator', imeis: [imei(1), imei(2)], date: '2025-12-20' })
    await wire.does('importer', 'commit-batch', first)
    const away = await SyncDesk.open({ registry: registry.url, as: 'auditor' })
    await away.call('sync', {})
    await away.stop()
    await wire.imports({ kind: 'customs', imeis: [imei(1)] })
    await wire.imports({ kind: 'operator', imeis: [imei(3)], date: '2025-12-21' })
    await registry.buildSnapshot()
    expect((await wire.hello()).oldest).toBe(1)

    // half a year later
    const later = new Date(Date.now() + 180 * DAY_MS).toISOString()
    registry.at(later)
    await registry.buildSnapshot()
    const { oldest, head, snapshot } = await wire.hello()
    expect(oldest).toBe(head + 1)
    expect(snapshot?.seq).toBe(head)
    expect(hasBlob(first.segments[0]?.sha256 ?? '')).toBe(false)
    const { epoch } = await wire.hello()
    const behind = await wire.send('GET', `/v1/feed?epoch=${epoch}&after=1`)
    expect([behind.status, behind.body]).toMatchObject([410, { problem: { code: 'snapshot-needed' } }])

    const back = await SyncDesk.open({ registry: registry.url, home: away.home, as: 'auditor', now: () => later })
    expect(await back.call('sync', {})).toMatchObject({ seq: head, online: true })
    expect([await listOf(back, 1), await listOf(back, 3)]).toEqual(['white', 'grey'])
    expect((await back.call('verify', {})).cache.equal).toBe(true)
    const young = await SyncDesk.open({ registry: registry.url, as: 'auditor', now: () => later })
    await young.call('sync', {})
    expect((await young.call('verify', {})).cache.equal).toBe(true)
  })

  test('builds the next snapshot on events it no longer has', async () => {
    await wire.imports({ kind: 'operator', imeis: [imei(9)], date: '2025-12-22' })
    await registry.buildSnapshot()
    await registry.buildSnapshot()
    const now = new Date(Date.now() + 180 * DAY_MS).toISOString()
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', now: () => now })
    await desk.call('sync', {})
    expect(await listOf(desk, 9)).toBe('grey')
    expect((await desk.call('verify', {})).cache.equal).toBe(true)
  })

  test('brings a replaced list back though its segments are collected', async () => {
    const now = new Date(Date.now() + 180 * DAY_MS).toISOString()
    await wire.imports({ kind: 'legacy', imeis: [imei(20), imei(21)], source: 'kcell' })
    await registry.buildSnapshot()
    registry.at(new Date(Date.parse(now) + 100 * DAY_MS).toISOString())
    const full = await wire.imports({ kind: 'legacy', imeis: [imei(21)], source: 'kcell', full: true })
    await registry.buildSnapshot()
    await wire.does('importer', 'undo-batch', { batch: full.batch, reason: 'wrong file' })
    const clock = () => new Date(Date.parse(now) + 100 * DAY_MS).toISOString()
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor', now: clock })
    await desk.call('sync', {})
    expect([await listOf(desk, 20), await listOf(desk, 21)]).toEqual(['white', 'white'])
    expect((await desk.call('verify', {})).cache.equal).toBe(true)
  })

  test('keeps the segments of a dropped snapshot for desks that read it, and removes them days later', async () => {
    const [row] = await registry.query<{ blobs: string[]; seq: number }>(
      'SELECT seq, blobs FROM snapshot WHERE dropped_at IS NULL ORDER BY seq DESC LIMIT 1',
    )
    await wire.imports({ kind: 'operator', imeis: [imei(30)], date: '2025-12-23' })
    await registry.buildSnapshot()
    const named = async () =>
      new Set(
        (await registry.query<{ blobs: string[] }>('SELECT blobs FROM snapshot WHERE dropped_at IS NULL'))[0]?.blobs,
      )
    const gone = [...(row?.blobs ?? [])]
    const current = await named()
    const old = gone.filter((sha256) => !current.has(sha256))
    expect(old.length).toBeGreaterThan(0)
    expect(old.every(hasBlob)).toBe(true)
    registry.at(new Date(Date.now() + 400 * DAY_MS).toISOString())
    await registry.buildSnapshot()
    expect(old.some(hasBlob)).toBe(false)
    for (const sha256 of await named()) expect(hasBlob(sha256)).toBe(true)
  })
})
