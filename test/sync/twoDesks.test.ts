import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { imei15Text } from '../../src/domain/imei.ts'
import { imei, TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { ALL_MATCH, fileAppeal } from './appealOf.ts'
import { SyncDesk, until } from './syncDesk.ts'

let registry: TestRegistry
let wire: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  wire = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const desk = (as: string, more: { home?: string; registry?: string | null; live?: boolean } = {}) =>
  SyncDesk.open({ registry: registry.url, as, ...more })

const looked = async (d: SyncDesk, imei14: number) => (await d.call('lookup', { imeis: [imei15Text(imei14)] }))[0]

describe('two desks on one registry', () => {
  test('the second desk sees the list that was imported on the first, and its withdrawal', async () => {
    const key = imei(1)
    const { batch } = await wire.imports({ kind: 'customs', imeis: [key], date: '2025-11-02' })
    const b = await desk('reviewer')
    await b.call('sync', {})
    expect(await looked(b, key)).toMatchObject({ list: 'white', reason: 'customs-declared', since: '2025-11-02' })
    await wire.does('importer', 'undo-batch', { batch, reason: 'wrong file' })
    await b.call('sync', {})
    expect(await looked(b, key)).toMatchObject({ list: 'none', reason: null })
  })

  test('a decision made on one desk is seen on the other: approved, the IMEI white', async () => {
    const key = imei(2)
    await wire.imports({ kind: 'operator', imeis: [key], date: '2025-12-20' })
    const { id } = await fileAppeal(wire, key)
    const a = await desk('reviewer')
    const b = await desk('auditor')
    await a.call('sync', {})
    expect(await looked(a, key)).toMatchObject({ list: 'grey', deadline: '2026-01-19' })
    expect(await a.call('claim-appeal', { id })).toMatchObject({ appeal: id, state: 'claimed', pending: false })
    const decided = await a.call('decide-appeal', { id, verdict: 'approve', fields: ALL_MATCH, reasons: [] })
    expect(decided).toMatchObject({ state: 'approved', pending: false, held: null })
    expect(await looked(a, key)).toMatchObject({ list: 'white', reason: 'appeal-approved' })

    await b.call('sync', {})
    expect(await looked(b, key)).toMatchObject({ list: 'white', reason: 'appeal-approved' })
    const seen = await b.call('appeal', { id })
    expect(seen.timeline.map((t) => t.what)).toEqual(['received', 'claimed', 'approved'])
    const why = await b.call('explain', { imei: imei15Text(key) })
    expect(why.rules.filter((r) => r.fired).map((r) => r.rule)).toEqual(['appeal-approved'])
    expect(why.appeals).toEqual([{ id, state: 'approved' }])
  })

  test('of two officers who decide one appeal the later is refused and keeps his work as a draft', async () => {
    const { id } = await fileAppeal(wire, imei(3))
    const a = await desk('reviewer')
    const b = await desk('reviewer2')
    await a.call('sync', {})
    await a.call('claim-appeal', { id })
    await b.call('sync', {})
    // the first gives it back and the second claims it; the first still looks at what he had
    const seen = (await a.call('appeal', { id })).version
    await a.call('return-appeal', { id })
    await b.call('sync', {})
    await b.call('claim-appeal', { id })
    await b.call('decide-appeal', { id, verdict: 'ask', fields: {}, reasons: ['R01'], note: 'send the receipt' })
    await a.call('claim-appeal', { id })
    const late = {
      id,
      verdict: 'ask' as const,
      fields: ALL_MATCH,
      reasons: ['R02' as const],
      note: 'mine',
      version: seen,
    }
    expect(await a.problemOf('decide-appeal', late)).toBe('appeal-changed')
    const mine = await a.call('appeal', { id })
    expect(mine.draft).toMatchObject({ note: 'mine', reasons: ['R02'], verdict: 'ask' })
    expect(mine.timeline.at(-2)?.what).toBe('asked')
    expect((await a.call('status', {})).needsAttention).toBe(1)
    const [refused] = await a.call('outbox', {})
    expect(refused).toMatchObject({ state: 'refused', problem: { code: 'appeal-changed' }, subject: id })
    await a.call('dismiss-refused', { id: refused?.id ?? '' })
    expect((await a.call('status', {})).needsAttention).toBe(0)
  })

  test('a desk that follows is told by the registry; nobody asks', async () => {
    const key = imei(5)
    const b = await desk('auditor', { live: true })
    await until(async () => (await b.call('status', {})).link === 'online')
    await wire.importsBlack({ kind: 'stolen', imeis: [key] })
    await until(async () => (await looked(b, key))?.list === 'black')
    await until(async () => {
      const counts = await b.call('listing-counts', {})
      const { seq } = await b.call('status', {})
      return counts.listedSeq === seq
    })
    const black = await b.call('listings', { list: 'black', reason: 'stolen', prefix: '', after: null, limit: 10 })
    expect(black.rows.map((r) => r.imei14)).toContain(String(key))
    expect(b.notices.some((n) => n.name === 'changed')).toBe(true)
  })

  test('the mirror equals the registry by digest, and the audit log follows from its chain', async () => {
    const b = await desk('auditor')
    await b.call('sync', {})
    const verified = await b.call('verify', {})
    expect(verified.cache.equal).toBe(true)
    expect(verified.audit.ok).toBe(true)
    expect(verified.audit.entries).toBeGreaterThan(0)
    const { entries } = await b.call('audit', { before: null, limit: 2 })
    expect(entries[0]?.no).toBe(verified.audit.entries)
    expect(entries[1]?.no).toBe(verified.audit.entries - 1)
  })

  test('evidence is fetched by its hash, kept encrypted, and there without the registry', async () => {
    const { id, sha256 } = await fileAppeal(wire, imei(6))
    const a = await desk('reviewer')
    await a.call('sync', {})
    const file = await a.call('evidence', { id, sha256 })
    expect(Buffer.from(file.bytes).toString()).toContain(`SAMPLE receipt for ${imei(6)}`)
    expect(readFileSync(join(a.home, 'blobs', sha256)).includes('SAMPLE')).toBe(false)
    const { evidence } = await a.call('appeal', { id })
    for (const other of evidence) await a.call('evidence', { id, sha256: other.sha256 })
    await a.stop()
    const offline = await desk('reviewer', { home: a.home, registry: null })
    expect((await offline.call('evidence', { id, sha256 })).bytes).toEqual(file.bytes)

    const folder = mkdtempSync(join(tmpdir(), 'tamga-out-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    offline.grant('out', folder)
    const saved = await offline.call('save-evidence', { id, target: 'out' })
    expect(saved).toHaveLength(evidence.length)
    expect(saved[0]).toMatchObject({ file: 'receipt.pdf', sha256 })
    expect(readFileSync(join(folder, 'receipt.pdf'), 'utf8')).toContain('SAMPLE')
    expect(await offline.problemOf('evidence', { id, sha256: '0'.repeat(64) })).toBe('evidence-unknown')
  })
})
