import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imei15Text } from '../../src/domain/imei.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { FaultProxy } from './faultProxy.ts'
import { contents } from './mirrorContents.ts'
import { SyncDesk } from './syncDesk.ts'

describe('a registry with a snapshot', () => {
  let registry: TestRegistry
  let wire: TestDesk
  beforeAll(async () => {
    // segments of a few rows, so that there are many of each part
    registry = await testRegistry({ snapshot: { rows: 7 } })
    wire = await TestDesk.enrolled(registry)
    const keys = Array.from({ length: 40 }, (_, i) => imei(i * 3))
    await wire.imports({ kind: 'operator', imeis: keys, date: '2025-12-20' })
    await wire.imports({ kind: 'customs', imeis: keys.slice(10, 20) })
    await wire.importsBlack({ kind: 'stolen', imeis: [imei(1000), imei(1001)] })
    const wrong = await wire.imports({ kind: 'customs', imeis: [imei(3), imei(6)], date: '2025-11-01' })
    await wire.does('importer', 'undo-batch', { batch: wrong.batch, reason: 'wrong file' })
    await wire.imports({ kind: 'customs', imeis: keys.slice(20, 25), full: true, source: 'srfs' })
    const { id } = await fileAppeal(wire, keys[5] ?? 0)
    await fileAppeal(wire, keys[6] ?? 0)
    await wire.does('reviewer', 'claim-appeal', { appeal: id })
    await registry.buildSnapshot()
  })
  afterAll(() => registry.stop())

  test('a new desk boots from it and holds, row by row, what one holds that read the whole feed', async () => {
    const { snapshot, head } = await wire.hello()
    expect(snapshot).toMatchObject({ seq: head })
    const booted = await SyncDesk.open({ registry: registry.url, as: 'auditor' })
    const proxy = await FaultProxy.before(registry.url)
    proxy.rewrite('/v1/hello', (body) => ({ ...(body as object), snapshot: null }))
    const fed = await SyncDesk.open({ registry: proxy.url, as: 'auditor' })
    expect(await booted.call('sync', {})).toMatchObject({ seq: head, online: true })
    expect(await fed.call('sync', {})).toMatchObject({ seq: head, online: true })
    expect((await booted.call('verify', {})).cache.equal).toBe(true)
    expect(contents(booted.home)).toEqual(contents(fed.home))
    expect(contents(booted.home).fact?.length).toBeGreaterThan(50)
    // nothing of the making is left
    await booted.stop()
    expect(readdirSync(booted.home).filter((name) => name.includes('boot'))).toEqual([])
    await proxy.close()
  })

  test('a desk says that it has a part only, until all came once; a change that is on its way later takes nothing away', async () => {
    const proxy = await FaultProxy.before(registry.url)
    const upTo = (last: number) => (body: unknown) => {
      const feed = body as { events: { seq: number }[] }
      return { ...feed, events: feed.events.filter(({ seq }) => seq <= last) }
    }
    proxy.rewrite('/v1/hello', (body) => ({ ...(body as object), snapshot: null }))
    proxy.rewrite('/v1/feed', upTo(4))
    const desk = await SyncDesk.open({ registry: proxy.url, as: 'auditor' })
    expect(await desk.call('status', {})).toMatchObject({ seq: 0, filled: false })
    await desk.call('sync', {})
    expect(await desk.call('status', {})).toMatchObject({ seq: 4, online: true, filled: false })
    proxy.mend()
    const { seq } = await desk.call('sync', {})
    expect(await desk.call('status', {})).toMatchObject({ seq, filled: true })

    await wire.imports({ kind: 'operator', imeis: [imei(6000)], date: '2025-12-21', source: 'tele2' })
    proxy.rewrite('/v1/feed', upTo(seq))
    await desk.call('sync', {})
    expect(await desk.call('status', {})).toMatchObject({ seq, filled: true })
    await proxy.close()
  })

  test('what comes after the snapshot comes by the feed; an undo of a small batch finds its IMEIs', async () => {
    const desk = await SyncDesk.open({ registry: registry.url, as: 'importer' })
    await desk.call('sync', {})
    const later = await wire.imports({ kind: 'operator', imeis: [imei(5000)], date: '2025-12-21', source: 'tele2' })
    await desk.call('sync', {})
    expect((await desk.call('lookup', { imeis: [imei15Text(imei(5000))] }))[0]).toMatchObject({ list: 'grey' })
    await wire.does('importer', 'undo-batch', { batch: later.batch, reason: 'test' })
    await desk.call('sync', {})
    expect((await desk.call('lookup', { imeis: [imei15Text(imei(5000))] }))[0]).toMatchObject({ list: 'none' })
    expect((await desk.call('verify', {})).cache.equal).toBe(true)
  })

  test('a boot over a connection that keeps tearing goes on where it was, in the end whole', async () => {
    const proxy = await FaultProxy.before(registry.url)
    proxy.tearAfter('/v1/blobs/', 400)
    const desk = await SyncDesk.open({ registry: proxy.url, as: 'auditor' })
    expect(await desk.call('sync', {})).toMatchObject({ online: true })
    expect(proxy.torn).toBeGreaterThan(3)
    expect((await desk.call('verify', {})).cache.equal).toBe(true)
    await proxy.close()
  })

  test('the next snapshot takes over the segments nobody touched', async () => {
    const named = async (): Promise<Set<string>> =>
      new Set(
        (await registry.query<{ blobs: string[] }>('SELECT blobs FROM snapshot ORDER BY seq DESC LIMIT 1'))[0]?.blobs,
      )
    const before = await named()
    await wire.imports({ kind: 'operator', imeis: [imei(7000)], date: '2025-12-22' })
    await registry.buildSnapshot()
    const after = await named()
    const kept = [...after].filter((sha256) => before.has(sha256))
    expect(kept.length).toBeGreaterThan(before.size / 2)
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor' })
    await desk.call('sync', {})
    expect((await desk.call('verify', {})).cache.equal).toBe(true)
  })
})
