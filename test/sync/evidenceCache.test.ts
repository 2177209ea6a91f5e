import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { fileAppeal } from './appealOf.ts'
import { FaultProxy } from './faultProxy.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
const filed: { id: string; sha256: string }[] = []
const SCAN_BYTES = 4_000_000

beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
  for (let i = 0; i < 4; i++) {
    const scan = Buffer.concat([Buffer.from('%PDF-1.7 SAMPLE '), randomBytes(SCAN_BYTES)])
    const sha256 = await wire.putBlob(scan)
    const file = { sha256, bytes: scan.length, type: 'application/pdf' }
    const evidence = [
      { ...file, file: 'scan.pdf', shows: 'receipt' as const },
      { ...file, file: 'imei.pdf', shows: 'imei-photo' as const },
    ]
    const { id } = await fileAppeal(wire, imei(i), { evidence, receivedAt: `2026-0${i + 1}-05T05:00:00Z` })
    filed.push({ id, sha256 })
  }
  // room for two and a half of them
  await wire.does('admin', 'set-settings', { evidenceCacheMb: 10, prefetchAppeals: 4 })
})
afterAll(() => registry.stop())

const kept = (desk: SyncDesk): boolean[] => filed.map(({ sha256 }) => existsSync(join(desk.home, 'blobs', sha256)))
const look = (desk: SyncDesk, n: number) =>
  desk.call('evidence', { id: filed[n]?.id ?? '', sha256: filed[n]?.sha256 ?? '' })

describe('evidence on a desk', () => {
  test('is kept within the limit of the registry; what was not used for longest goes first', async () => {
    const desk = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await desk.call('sync', {})
    await look(desk, 0)
    await look(desk, 1)
    await look(desk, 0)
    expect(kept(desk)).toEqual([true, true, false, false])
    await look(desk, 2)
    expect(kept(desk)).toEqual([true, false, true, false])
    // none of it lies there in clear
    const [name = ''] = readdirSync(join(desk.home, 'blobs'))
    expect(
      readFileSync(join(desk.home, 'blobs', name))
        .subarray(0, 5)
        .toString(),
    ).toBe('TMGB1')
  })

  test('of a claimed appeal or a draft stays, whatever comes after it', async () => {
    const desk = await SyncDesk.open({ registry: registry.url, as: 'reviewer' })
    await desk.call('sync', {})
    await desk.call('claim-appeal', { id: filed[0]?.id ?? '' })
    await look(desk, 0)
    for (const n of [1, 2, 3, 1, 2]) await look(desk, n)
    expect(kept(desk)[0]).toBe(true)
    expect(kept(desk).filter(Boolean)).toHaveLength(2)
  })

  test('is fetched on from where an earlier run of the desk stopped', async () => {
    const proxy = await FaultProxy.before(registry.url)
    const first = await SyncDesk.open({ registry: proxy.url, as: 'reviewer' })
    await first.call('sync', {})
    proxy.tearAfter('/v1/blobs/', 1_500_000)
    proxy.passing = (path) => {
      if (proxy.torn > 0 && path.startsWith('/v1/blobs/')) proxy.loseAnswersTo('/v1/blobs/')
    }
    const { id = '', sha256 = '' } = filed[3] ?? {}
    expect(await first.problemOf('evidence', { id, sha256 })).toBe('registry-unreachable')
    await first.stop()
    await proxy.close()

    const whole = await FaultProxy.before(registry.url)
    onTestFinished(() => whole.close())
    const asked: number[] = []
    whole.passing = (path, { range }) => {
      if (path.includes(sha256)) asked.push(Number(/bytes=(\d+)-/.exec(range ?? '')?.[1]))
    }
    const again = await SyncDesk.open({ registry: whole.url, as: 'reviewer', home: first.home })
    await again.call('evidence', { id, sha256 })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toBeGreaterThan(1_000_000)
    expect(readdirSync(join(first.home, 'partial'))).toEqual([])
  })

  test('of the next appeals by deadline is there before anybody asks, as far as there is room', async () => {
    const desk = await SyncDesk.open({ registry: registry.url, as: 'reviewer', live: true })
    await expect.poll(() => kept(desk), { timeout: 60_000 }).toEqual([true, true, false, false])
  })
})
