import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { imei15Text } from '../../src/domain/imei.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { FaultProxy } from './faultProxy.ts'
import { KEY, SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry({ snapshot: { rows: 500 } })
  wire = await TestDesk.enrolled(registry)
  await wire.imports({ kind: 'operator', imeis: Array.from({ length: 8000 }, (_, i) => imei(i)), date: '2025-12-20' })
  await wire.imports({ kind: 'customs', imeis: Array.from({ length: 300 }, (_, i) => imei(i * 2)) })
  await registry.buildSnapshot()
})
afterAll(() => registry.stop())

test('a desk killed again and again while it boots goes on where it was, and shows nothing before all is there', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tamga-desk-'))
  const proxy = await FaultProxy.before(registry.url)
  onTestFinished(async () => {
    await proxy.close()
    rmSync(home, { recursive: true, force: true })
  })
  let asked: string[] = []
  let kill: () => void = () => undefined
  proxy.passing = (path) => {
    if (!path.startsWith('/v1/blobs/')) return
    asked.push(path)
    // the manifest, then some segments
    if (asked.length === 8) kill()
  }
  const names = new Set<string>()
  let runs = 0
  for (let ended = false; !ended; runs++) {
    asked = []
    const child = fork(join(import.meta.dirname, 'bootDesk.ts'), [home, KEY, proxy.url], { stdio: 'ignore' })
    kill = () => child.kill('SIGKILL')
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
    expect(code === 0 || code === null).toBe(true)
    ended = code === 0
    for (const path of asked) names.add(path)
    if (ended) break
    const offline = await SyncDesk.open({ registry: null, home })
    expect((await offline.call('lookup', { imeis: [imei15Text(imei(4))] }))[0]).toMatchObject({ list: 'none' })
    await offline.stop()
    expect(runs).toBeLessThan(30)
  }
  // each run was given 8 blobs and got further than the one before
  expect(runs).toBeGreaterThan(2)
  expect(names.size).toBeGreaterThan(20)
  const desk = await SyncDesk.open({ registry: registry.url, home, as: 'auditor' })
  expect((await desk.call('lookup', { imeis: [imei15Text(imei(4)), imei15Text(imei(7))] })).map((l) => l.list)).toEqual(
    ['white', 'grey'],
  )
  expect((await desk.call('verify', {})).cache).toMatchObject({ equal: true, repaired: { facts: 0, listings: 0 } })
})
