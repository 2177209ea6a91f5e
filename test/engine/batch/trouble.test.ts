import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { stagingPath } from '../../../src/engine/batch/stage/stagingFile.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { until } from '../../sync/syncDesk.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing, imei } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const NOBODY = 'http://127.0.0.1:9'
const staging = (d: Importing): string[] => readdirSync(join(d.desk.home, 'staging'))
const customs = (from: number, count: number) => [
  [...CUSTOMS_HEADER],
  ...Array.from({ length: count }, (_, i) => customsRow(from + i)),
]

/** A home that outlives the desks that open it. */
function keptHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'tamga-kept-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

describe('an import without the registry', () => {
  test('is staged and committed on the mirror, waits in the outbox, and goes out later', async () => {
    const home = keptHome()
    const online = await Importing.open(registry.url, 'importer', home)
    await online.desk.stop()

    const offline = await Importing.open(NOBODY, 'importer', home)
    const done = await offline.import('customs', offline.csv(customs(1, 3)))
    expect(done).toMatchObject({ state: 'queued', effect: { toWhite: 6 } })
    expect(await offline.desk.call('batches', { before: null, limit: 5 })).toMatchObject([
      { batch: done.batch, no: null, state: 'queued', seq: null },
    ])
    expect(await offline.desk.problemOf('discard-batch', { batch: done.batch })).toBe('batch-not-staged')
    expect(await offline.desk.problemOf('commit-batch', { batch: done.batch })).toBe('batch-not-staged')
    await offline.desk.stop()

    const back = await Importing.open(registry.url, 'importer', home)
    await back.desk.call('sync', {})
    expect(await back.desk.call('staged-batches', {})).toEqual([])
    expect(await back.desk.call('batch', { batch: done.batch })).toMatchObject({
      state: 'committed',
      counts: { imeis: 6 },
    })
  })
})

describe('facts that change under a reviewed effect', () => {
  const header = ['IMEI', 'Дата']
  const list = (...serials: number[]) => [header, ...serials.map((n) => [imei(n, 86500001), '01.11.2026'])]
  test('refuse the commit and show the officer the effect of now', async () => {
    const d = await Importing.open(registry.url)
    const staged = await d.stage('stolen', d.csv(list(1, 2, 3)))
    expect(staged.effect).toMatchObject({ toBlack: 3, unchanged: 0 })

    const other = await Importing.open(registry.url)
    const { batch } = await other.import('gsma', other.csv(list(2)))
    await other.desk.call('sign-in', { officer: 'approver' })
    await other.desk.call('sign', { id: batch })

    expect(await d.desk.problemOf('commit-batch', { batch: staged.batch })).toBe('effect-changed')
    const [anew] = await d.desk.call('staged-batches', {})
    expect(anew).toMatchObject({ batch: staged.batch, state: 'staged', effect: { toBlack: 2, unchanged: 1 } })
    const { moves } = await d.desk.call('staged-moves', { batch: staged.batch, move: 'toBlack', after: null, limit: 9 })
    expect(moves.map((m) => m.imei14)).toEqual(['86500001000001', '86500001000003'])
    const committed = await d.desk.call('commit-batch', { batch: staged.batch })
    expect(committed).toMatchObject({ state: 'awaiting-signature', effect: { toBlack: 2 } })
  })
})

describe('an import that does not come to its end', () => {
  test('leaves nothing when the officer cancels it', async () => {
    const d = await Importing.open(registry.url)
    const token = d.csv(customs(100, 30_000))
    const running = d.desk.problemOf('stage-batch', { job: 'long', token, kind: 'customs' })
    await until(async () => (await d.desk.call('jobs', {})).some((j) => j.id === 'long' && j.done > 0))
    await d.desk.call('cancel-job', { id: 'long' })
    expect(await running).toBe('cancelled')
    expect(staging(d)).toEqual([])
    expect(await d.desk.call('staged-batches', {})).toEqual([])
  })

  test('leaves nothing when the desk died in it: half a staging file is removed at the next start', async () => {
    const home = keptHome()
    const before = await Importing.open(registry.url, 'importer', home)
    const staged = await before.stage('customs', before.csv(customs(200, 3)))
    await before.desk.stop()
    const half = '01900000-0000-7000-8000-000000000001'
    writeFileSync(stagingPath(home, half), 'half')
    writeFileSync(`${stagingPath(home, half)}-journal`, 'half')

    const after = await Importing.open(registry.url, 'importer', home)
    expect(staging(after).sort()).toEqual([`${staged.batch}.db`, `${staged.batch}.src`])
    expect(await after.desk.call('staged-batches', {})).toMatchObject([{ batch: staged.batch, state: 'staged' }])
    expect(await after.desk.call('commit-batch', { batch: staged.batch })).toMatchObject({ state: 'committed' })
  })

  test('is dropped when the officer drops it', async () => {
    const d = await Importing.open(registry.url)
    const staged = await d.stage('customs', d.csv(customs(300, 3)))
    await d.desk.call('discard-batch', { batch: staged.batch })
    expect(staging(d)).toEqual([])
    expect(await d.desk.problemOf('commit-batch', { batch: staged.batch })).toBe('batch-unknown')
  })
})

describe('a file that is none', () => {
  test('is named by what is wrong with it', async () => {
    const d = await Importing.open(registry.url)
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(d.folder, name), content)
      return d.grant(join(d.folder, name))
    }
    const stage = (token: string) => d.desk.problemOf('stage-batch', { job: token, token, kind: 'customs' })
    expect(await stage(file('empty.xlsx', ''))).toBe('sheet-empty-file')
    expect(await stage(file('picture.xlsx', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])))).toBe(
      'sheet-not-spreadsheet',
    )
    expect(await stage(d.grant(join(d.folder, 'gone.csv')))).toBe('sheet-missing-file')
    expect(await stage('never granted')).toBe('file-missing')
    expect(
      await d.desk.problemOf('stage-batch', { job: 'x', token: d.csv(customs(1, 1)), kind: 'customs', sheet: 'нет' }),
    ).toBe('sheet-unknown')
    expect(staging(d)).toEqual([])
  })
})

describe('staged rows', () => {
  test('are never on disk in clear', async () => {
    const d = await Importing.open(registry.url)
    const rows = customs(400, 50)
    const staged = await d.stage(
      'customs',
      d.csv([...rows, customsRow(900, { БИН: '250340000121', Импортер: 'Видимый' })]),
    )
    const bytes = readFileSync(stagingPath(d.desk.home, staged.batch))
    for (const text of ['SQLite format', 'Образец', 'Видимый', '250340000120', imei(400)])
      expect(bytes.includes(text), text).toBe(false)
  })
})
