import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { problemText } from '../../src/contract/problemText.ts'
import { zLang } from '../../src/contract/value.ts'
import { imei15Text } from '../../src/domain/imei.ts'
import type { Problem } from '../../src/domain/problem.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { FaultProxy } from './faultProxy.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry({ snapshot: { rows: 100 } })
  wire = await TestDesk.enrolled(registry)
  await wire.imports({ kind: 'operator', imeis: Array.from({ length: 300 }, (_, i) => imei(i)), date: '2025-12-20' })
  await registry.buildSnapshot()
})
afterAll(() => registry.stop())

async function proxied(
  spoil: (proxy: FaultProxy) => void,
  as = 'auditor',
): Promise<{ desk: SyncDesk; proxy: FaultProxy }> {
  const proxy = await FaultProxy.before(registry.url)
  onTestFinished(() => proxy.close())
  spoil(proxy)
  return { proxy, desk: await SyncDesk.open({ registry: proxy.url, ...(as ? { as } : {}) }) }
}

/** What the status bar tells the officer: in each language what happened and what to do, with nothing left open or written for machines. */
async function tells(desk: SyncDesk, code: string): Promise<void> {
  const { problem } = await desk.call('status', {})
  expect(problem).toMatchObject({ code })
  const texts = zLang.options.map((lang) => problemText(problem as Problem, lang))
  for (const { message, remedy } of texts) {
    expect(`${message} ${remedy}`).not.toMatch(/…|\{\{|\dT\d\d:/)
    expect(remedy.length).toBeGreaterThan(30)
  }
  expect(new Set(texts.map(({ message }) => message)).size).toBe(texts.length)
}

/** The desk stopped with this problem, shows it, holds nothing of what was wrong, and goes on when it is right again. */
async function stopsSafely({ desk, proxy }: { desk: SyncDesk; proxy: FaultProxy }, code: string): Promise<void> {
  expect(await desk.problemOf('sync', {})).toBe(code)
  await tells(desk, code)
  expect((await desk.call('lookup', { imeis: [imei15Text(imei(5))] }))[0]).toMatchObject({ list: 'none' })
  proxy.mend()
  expect(await desk.call('sync', {})).toMatchObject({ online: true })
  expect((await desk.call('verify', {})).cache.equal).toBe(true)
}

const flipped = (body: Buffer): Buffer => {
  const copy = Buffer.from(body)
  const at = Math.floor(copy.length / 2)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('what comes from a registry and is not right', () => {
  test('one flipped byte in a segment of the snapshot', async () => {
    await stopsSafely(await proxied((p) => p.garble('/v1/blobs/', flipped)), 'blob-damaged')
  })

  test('one flipped byte in the segment of a batch', async () => {
    const without = (body: unknown) => ({ ...(body as object), snapshot: null })
    const spoil = (p: FaultProxy) => {
      p.rewrite('/v1/hello', without)
      p.garble('/v1/blobs/', flipped)
    }
    await stopsSafely(await proxied(spoil), 'blob-damaged')
  })

  test('a snapshot whose segment unpacks to more than it says', async () => {
    // the manifest is replaced by one of the same registry that lies about sizes; its name must lie too
    const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024))
    const nameOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    const { snapshot } = await wire.hello()
    const honest = (await wire.signed('GET', `/v1/blobs/${snapshot?.manifest}`)).body as string
    const manifest = JSON.parse(honest) as { segments: { sha256: string; bytes: number }[] }
    manifest.segments[0] = { ...manifest.segments[0], sha256: nameOf(bomb), bytes: bomb.length } as never
    const lying = Buffer.from(JSON.stringify(manifest))
    const faulty = await proxied((p) => {
      p.rewrite('/v1/hello', (body) => ({
        ...(body as object),
        snapshot: { ...snapshot, manifest: nameOf(lying), bytes: lying.length },
      }))
      p.serve(`/v1/blobs/${nameOf(lying)}`, lying)
      p.serve(`/v1/blobs/${nameOf(bomb)}`, bomb)
    })
    const before = process.memoryUsage.rss()
    await stopsSafely(faulty, 'segment-damaged')
    expect(process.memoryUsage.rss() - before).toBeLessThan(300e6)
  })

  test('a batch whose segment unpacks to more than it says', async () => {
    const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024))
    const name = createHash('sha256').update(bomb).digest('hex')
    const bombed = (body: unknown) => {
      const feed = body as { events: { type: string; doc: { segments?: object[] } }[] }
      for (const { doc } of feed.events)
        if (doc.segments) doc.segments = doc.segments.map((s) => ({ ...s, sha256: name, bytes: bomb.length }))
      return feed
    }
    const faulty = await proxied((p) => {
      p.rewrite('/v1/hello', (body) => ({ ...(body as object), snapshot: null }))
      p.rewrite('/v1/feed', bombed)
      p.serve(`/v1/blobs/${name}`, bomb)
    })
    const before = process.memoryUsage.rss()
    await stopsSafely(faulty, 'segment-damaged')
    expect(process.memoryUsage.rss() - before).toBeLessThan(300e6)
  })

  test('a registry of a later version, and one of an earlier that says less', async () => {
    const newer = (body: unknown) => ({ ...(body as object), protocol: { min: 9, max: 12 } })
    await stopsSafely(await proxied((p) => p.rewrite('/v1/hello', newer), ''), 'registry-version')
    const older = ({ protocol, epoch, head, version, sample, offlineHours, time }: Record<string, unknown>) => ({
      protocol,
      epoch,
      head,
      version,
      sample,
      offlineHours,
      time,
    })
    const { desk } = await proxied((p) => p.rewrite('/v1/hello', (body) => older(body as Record<string, unknown>)))
    expect(await desk.call('sync', {})).toMatchObject({ online: true })
    expect((await desk.call('lookup', { imeis: [imei15Text(imei(5))] }))[0]).toMatchObject({ list: 'grey' })
  })

  test('a page of the network that answers in its place', async () => {
    const desk = await SyncDesk.open({ registry: registry.url, as: 'auditor' })
    await desk.stop()
    const proxy = await FaultProxy.before(registry.url)
    onTestFinished(() => proxy.close())
    proxy.serve('/v1/hello', Buffer.from('<html>sign in to the hotel</html>'))
    const away = await SyncDesk.open({ registry: proxy.url, home: desk.home, as: 'auditor' })
    expect(await away.problemOf('sync', {})).toBe('registry-not-tamga')
    await tells(away, 'registry-not-tamga')
    expect(await (await SyncDesk.open({ registry: 'no address at all' })).problemOf('sync', {})).toBe(
      'registry-not-tamga',
    )
  })
})

describe('what is not right around the desk', () => {
  test('a certificate nobody vouches for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tamga-tls-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -keyout ${key} -out ${cert}`
    execFileSync('openssl', words.split(' '), { stdio: 'ignore' })
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) => answer.end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const desk = await SyncDesk.open({ registry: `https://127.0.0.1:${(server.address() as AddressInfo).port}` })
    expect(await desk.problemOf('sync', {})).toBe('registry-untrusted')
    expect(await desk.call('status', {})).toMatchObject({ link: 'refused' })
    await tells(desk, 'registry-untrusted')
  })

  test('a clock two days off says so before anything is sent; hours off it goes on', async () => {
    const off = (hours: number) => () => new Date(Date.now() + hours * 3_600_000).toISOString()
    const wrong = await SyncDesk.open({ registry: registry.url, now: off(49) })
    expect(await wrong.problemOf('sync', {})).toBe('clock-wrong')
    await tells(wrong, 'clock-wrong')
    const late = await SyncDesk.open({ registry: registry.url, now: off(-5), as: 'auditor' })
    expect(await late.call('sync', {})).toMatchObject({ online: true })
    expect((await late.call('status', {})).clockOff).toBe(-300)
    const right = await SyncDesk.open({ registry: registry.url, as: 'auditor' })
    await right.call('sync', {})
    expect(await right.call('status', {})).not.toHaveProperty('clockOff')
  })
})
