import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { CUSTOMS_HEADER, customsRow } from '../engine/batch/importing.ts'
import { TestDesk } from '../registry/testDesk.ts'
import { type TestRegistry, testRegistry } from '../registry/testRegistry.ts'
import { SyncDesk } from './syncDesk.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.stop())

const open = (as: string, url: string | null, home?: string) =>
  SyncDesk.open({ registry: url, as, ...(home === undefined ? {} : { home }) })

/** A customs file of sound rows, granted to the desk. */
function customsFile(desk: SyncDesk, serials: readonly number[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'customs.csv')
  writeFileSync(path, [CUSTOMS_HEADER, ...serials.map((n) => customsRow(n))].map((r) => r.join(';')).join('\n'))
  desk.grant(path, path)
  return path
}

const staged = (desk: SyncDesk, serials: readonly number[]) =>
  desk.call('stage-batch', { token: customsFile(desk, serials), job: 'j1', kind: 'customs' })

describe('a customs file', () => {
  test('imported on one desk is on the lists of another, and gone from them when it is undone', async () => {
    const a = await open('importer', registry.url)
    await a.call('sync', {})
    const { batch } = await staged(a, [1, 2, 3])
    expect(await a.call('commit-batch', { batch })).toMatchObject({ state: 'committed', effect: { toWhite: 6 } })
    const imeis = [customsRow(1)[6] ?? '', customsRow(1)[7] ?? '']
    const b = await open('auditor', registry.url)
    await b.call('sync', {})
    expect((await b.call('lookup', { imeis })).map((l) => l.list)).toEqual(['white', 'white'])
    const why = await b.call('explain', { imei: imeis[0] ?? '' })
    expect(why.siblings).toEqual([{ imei14: imeis[1]?.slice(0, 14), list: 'white' }])
    expect(why.facts[0]).toMatchObject({
      kind: 'customs-declared',
      batch,
      data: { declaration: '50505/101026/0001234' },
    })

    await a.call('undo-batch', { batch, reason: 'wrong file' })
    await b.call('sync', {})
    expect((await b.call('lookup', { imeis })).map((l) => l.list)).toEqual(['none', 'none'])
    expect((await b.call('verify', {})).cache.equal).toBe(true)
  })

  test('committed while the registry is away goes out with its rows when it is back', async () => {
    const online = await open('importer', registry.url)
    await online.call('sync', {})
    await online.stop()
    const a = await open('importer', 'http://127.0.0.1:9', online.home)
    const { batch } = await staged(a, [11, 12])
    expect(await a.call('commit-batch', { batch })).toMatchObject({ state: 'queued' })
    expect((await a.call('outbox', {}))[0]).toMatchObject({ kind: 'commit-batch', subject: batch, state: 'queued' })
    await a.stop()
    const back = await open('importer', registry.url, online.home)
    expect(await back.call('sync', {})).toMatchObject({ pushed: 1, needsAttention: 0 })
    const b = await open('auditor', registry.url)
    await b.call('sync', {})
    expect((await b.call('lookup', { imeis: [customsRow(11)[6] ?? ''] }))[0]).toMatchObject({ list: 'white' })
  })

  test('staged is staged still when the desk is opened again', async () => {
    const a = await open('importer', registry.url)
    await a.call('sync', {})
    const { batch } = await staged(a, [21])
    await a.stop()
    const again = await open('importer', registry.url, a.home)
    expect((await again.call('staged-batches', {})).map((s) => s.batch)).toEqual([batch])
    expect(await again.call('commit-batch', { batch })).toMatchObject({ state: 'committed' })
  })
})

describe('the registry restored from an older backup', () => {
  test('gets again what it had acknowledged; desks begin their mirrors anew and end equal', async () => {
    const own = await testRegistry()
    onTestFinished(() => own.stop())
    const a = await open('importer', own.url)
    await a.call('sync', {})
    const first = await staged(a, [31])
    await a.call('commit-batch', { batch: first.batch })
    const lost = await staged(a, [32])
    await a.call('commit-batch', { batch: lost.batch })
    await a.stop()

    // a backup from before the second list: it is gone from the database, and the epoch is another
    const backup = await testRegistry()
    onTestFinished(() => backup.stop())
    const [same] = await own.query<{ installation: string }>('SELECT installation FROM counter')
    await backup.query('UPDATE counter SET installation = $1', [same?.installation])
    const wire = await TestDesk.enrolled(backup)
    await wire.imports({ kind: 'legacy', imeis: [35_000_000_000_000] })

    const b = await open('importer', backup.url, a.home)
    expect(await b.call('sync', {})).toMatchObject({ online: true, pushed: 2, pending: 0, needsAttention: 0 })
    const imeis = [31, 32].map((n) => customsRow(n)[6] ?? '')
    expect((await b.call('lookup', { imeis })).map((l) => l.list)).toEqual(['white', 'white'])
    expect((await b.call('verify', {})).cache.equal).toBe(true)
    expect((await b.call('status', {})).problem).toBeNull()
    // offered once, not at every sync
    expect(await b.call('sync', {})).toMatchObject({ pushed: 0 })
  })
})
