import { existsSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openHome } from '../../../src/engine/db/home.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { KEY } from '../../sync/syncDesk.ts'
import { NOTHING_CAN_BE_MADE, onlyRead } from '../readOnlyDisk.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing } from './importing.ts'
import { problemOf } from './problemOf.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

/** A folder of the home from now on takes no file, as on a disk that turned read-only; the answer lifts that. */
function takesNothing(folder: string): () => void {
  const aside = `${folder}-aside`
  if (existsSync(folder)) renameSync(folder, aside)
  symlinkSync(NOTHING_CAN_BE_MADE, folder)
  return () => {
    unlinkSync(folder)
    if (existsSync(aside)) renameSync(aside, folder)
  }
}

const customs = (from: number) => [[...CUSTOMS_HEADER], customsRow(from), customsRow(from + 1)]

describe('a read-only disk', () => {
  test('opens no desk, whether its home is there or not, and touches nothing of it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tamga-read-only-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    openHome(folder, KEY, []).close()
    const lift = onlyRead(folder, 'nobody')
    expect(problemOf(() => openHome(folder, KEY, []))).toBe('disk-read-only')
    expect(problemOf(() => openHome(join(folder, 'never', 'made'), KEY, []))).toBe('disk-read-only')
    lift()
    openHome(folder, KEY, []).close()
  })

  test('ends an import with a problem that says so, leaves nothing in the queue, and takes the file once it can be written', async () => {
    const d = await Importing.open(registry.url)
    const token = d.csv(customs(1))
    const lift = takesNothing(join(d.desk.home, 'staging'))
    expect(await d.desk.problemOf('stage-batch', { job: 'one', token, kind: 'customs' })).toBe('disk-read-only')
    expect(await d.desk.call('staged-batches', {})).toEqual([])
    expect(await d.desk.call('import-queue', {})).toEqual([])
    lift()
    expect(await d.stage('customs', token)).toMatchObject({ state: 'staged', counts: { rows: 2, accepted: 2 } })
  })

  test('keeps a batch staged that could not be committed', async () => {
    const d = await Importing.open(registry.url)
    const { batch } = await d.stage('customs', d.csv(customs(11)))
    const lift = takesNothing(join(d.desk.home, 'blobs'))
    expect(await d.desk.problemOf('commit-batch', { batch })).toBe('disk-read-only')
    expect(await d.desk.call('staged-batches', {})).toMatchObject([{ batch, state: 'staged' }])
    lift()
    expect(await d.desk.call('commit-batch', { batch })).toMatchObject({ state: 'committed' })
  })

  test('gives what it holds: a sender’s file is imported from it, and rejects are refused a place on it', async () => {
    const d = await Importing.open(registry.url)
    const stick = mkdtempSync(join(tmpdir(), 'tamga-stick-'))
    onTestFinished(() => rmSync(stick, { recursive: true, force: true }))
    const file = join(stick, 'sent.csv')
    writeFileSync(file, [...customs(21), customsRow(31, { 'IMEI 1': '12' })].map((row) => row.join(';')).join('\n'))
    const target = d.grant(join(NOTHING_CAN_BE_MADE, 'rejects.xlsx'))
    const lift = onlyRead(stick, 'himself')
    const staged = await d.stage('customs', d.grant(file))
    expect(staged.counts).toMatchObject({ rows: 3, rejected: 1 })
    lift()
    expect(await d.desk.problemOf('export-rejects', { batch: staged.batch, target })).toBe('target-not-writable')
  })
})
