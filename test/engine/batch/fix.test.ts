import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FixStep } from '../../../src/domain/fix/fixStep.ts'
import { imei15Text } from '../../../src/domain/imei.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing, imei } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const step = <S extends Omit<FixStep, 'id'>>(s: S): S & { id: string } => ({ id: randomUUID(), ...s })
const lost = imei15Text(1_234_567_000_001).slice(1)

/** A file with something for every rule; rows 2 to 9. */
const messy = (from: number): string[][] => [
  [...CUSTOMS_HEADER],
  customsRow(from),
  customsRow(from + 1, { 'IMEI 1': `${imei(from + 1)}${imei(from + 500_001)}`, 'IMEI 2': '' }),
  customsRow(from + 2, { БИН: '25О34ООООl20' }),
  customsRow(from + 3, { Марка: 'XIAOMI' }),
  customsRow(from + 4, { 'Дата ДТ': '10.10.26' }),
  customsRow(from + 5, { 'IMEI 1': '12345' }),
  customsRow(from, { Марка: 'Хiaomi' }),
  customsRow(from + 6, { Марка: 'Xiaomi', Модель: 'Note' }),
]

describe('correcting a staged file', () => {
  test('groups problems, offers rules, previews, applies, counts again and takes back', async () => {
    const d = await Importing.open(registry.url)
    const staged = await d.stage('customs', d.csv(messy(100)))
    expect(staged.counts).toMatchObject({ rows: 8, accepted: 4, rejected: 4, duplicates: 1 })

    const { groups } = await d.desk.call('fix-groups', { batch: staged.batch })
    const offers = groups.map(({ code, column, offers: o }) => [code, column, o.map(({ rule }) => rule)])
    expect(offers).toContainEqual(['identity-unreadable', 'БИН', ['lookalikes']])
    expect(offers).toContainEqual(['date-short-year', 'Дата ДТ', ['complete-year']])
    expect(offers).toContainEqual(['imei-length', 'IMEI 1', ['split']])

    const split = step({ kind: 'split', field: 'imei1' } as const)
    const preview = await d.desk.call('fix-preview', { batch: staged.batch, step: split, job: 'p' })
    expect(preview).toMatchObject({
      cells: 1,
      rows: 1,
      samples: [{ row: 3, header: 'IMEI 1', after: `${imei(101)}, ${imei(500_101)}` }],
    })
    const before = await d.problems(staged.batch)

    const once = await d.desk.call('fix-apply', { batch: staged.batch, steps: [split], job: 'a' })
    expect(once.counts).toMatchObject({ rows: 8, accepted: 5, rejected: 3 })
    expect(once.steps).toEqual([split])
    const letters = step({ kind: 'lookalikes', field: 'bin' } as const)
    const twice = await d.desk.call('fix-apply', { batch: staged.batch, steps: [letters], job: 'b' })
    expect(twice.counts).toMatchObject({ rows: 8, accepted: 6, rejected: 2, imeis: 12 })
    expect(await d.desk.call('fix-apply', { batch: staged.batch, steps: [letters], job: 'b2' })).toEqual(twice)

    const undone = await d.desk.call('fix-undo', { batch: staged.batch, step: split.id, job: 'c' })
    expect(undone.counts).toMatchObject({ accepted: 5, rejected: 3 })
    expect(undone.steps).toEqual([letters])
    const none = await d.desk.call('fix-undo', { batch: staged.batch, step: letters.id, andLater: true, job: 'd' })
    expect(none.counts).toEqual(staged.counts)
    expect(none.effect).toEqual(staged.effect)
    expect(await d.problems(staged.batch)).toEqual(before)
    expect(await d.desk.problemOf('fix-undo', { batch: staged.batch, step: split.id, job: 'e' })).toBe('step-unknown')
  })

  test('edits cells by row and column, shows them beside what the sender wrote, and keeps what he wrote', async () => {
    const d = await Importing.open(registry.url)
    const { batch } = await d.stage('customs', d.csv(messy(200)))
    const edit = step({ kind: 'edit', cells: [{ row: 7, column: 6, text: imei(299) }] } as const)
    const fixed = await d.desk.call('fix-apply', { batch, steps: [edit], job: 'a' })
    expect(fixed.counts).toMatchObject({ accepted: 5, rejected: 3 })
    const half = step({ kind: 'edit', cells: [{ row: 4, column: 2, text: '12' }] } as const)
    await d.desk.call('fix-apply', { batch, steps: [half], job: 'b' })
    const page = await d.desk.call('fix-rows', { batch, code: 'identity-length', offset: 0, limit: 10 })
    expect(page.total).toBe(1)
    expect(page.columns[2]).toEqual({ column: 2, header: 'БИН', field: 'bin' })
    expect(page.rows[0]).toMatchObject({ row: 4, rejected: true, originals: { 2: '25О34ООООl20' } })
    expect(page.rows[0]?.cells[2]).toBe('12')
  })

  test('needs no file any more: the desk keeps its own copy, encrypted, as long as the batch is staged', async () => {
    const d = await Importing.open(registry.url)
    const token = d.csv(messy(300), 'gone.csv')
    const { batch } = await d.stage('customs', token)
    rmSync(join(d.folder, 'gone.csv'))
    const year = step({ kind: 'complete-year', field: 'declarationDate' } as const)
    const fixed = await d.desk.call('fix-apply', { batch, steps: [year], job: 'a' })
    expect(fixed.counts.problems['date-short-year']).toBeUndefined()
    const folder = join(d.desk.home, 'staging')
    expect(readdirSync(folder).sort()).toEqual([`${batch}.1.db`, `${batch}.src`])
    expect(readFileSync(join(folder, `${batch}.src`)).includes('Образец')).toBe(false)
    await d.desk.call('discard-batch', { batch })
    expect(readdirSync(folder)).toEqual([])
  })

  test('a correction that is cancelled changes nothing', async () => {
    const d = await Importing.open(registry.url)
    const staged = await d.stage('customs', d.csv(messy(400)))
    const applying = d.desk.problemOf('fix-apply', {
      batch: staged.batch,
      steps: [step({ kind: 'strip', field: 'brand' } as const)],
      job: 'cancelled',
    })
    await d.desk.call('cancel-job', { id: 'cancelled' })
    expect(await applying).toBe('cancelled')
    expect(await d.desk.call('staged-batches', {})).toContainEqual(staged)
    expect(
      readdirSync(join(d.desk.home, 'staging'))
        .filter((n) => n.startsWith(staged.batch))
        .sort(),
    ).toEqual([`${staged.batch}.db`, `${staged.batch}.src`])
  })

  test('merges spellings by cluster; the merged name is what the facts say', async () => {
    const d = await Importing.open(registry.url)
    const { batch } = await d.stage('customs', d.csv(messy(600)))
    const { fields } = await d.desk.call('fix-clusters', { batch })
    const brand = fields.find(({ field }) => field === 'brand')
    expect(brand?.clusters).toMatchObject([
      { to: 'Xiaomi', spellings: [{ text: 'Xiaomi' }, { text: 'XIAOMI', rows: 2 }] },
    ])
    const merge = step({ kind: 'merge', field: 'brand', from: ['XIAOMI', 'Хiaomi'], to: 'Xiaomi' } as const)
    await d.desk.call('fix-apply', { batch, steps: [merge], job: 'a' })
    expect((await d.desk.call('fix-clusters', { batch })).fields.find(({ field }) => field === 'brand')).toBeUndefined()
  })
})

describe('the corrections of a batch', () => {
  test('travel with it, show in its record, and are offered for the next file of the sender', async () => {
    const d = await Importing.open(registry.url)
    const { batch } = await d.stage('customs', d.csv(messy(700)), { letter: '12-3', letterDate: '2026-11-20' })
    const rule = step({ kind: 'split', field: 'imei1' } as const)
    const edit = step({ kind: 'edit', cells: [{ row: 7, column: 6, text: imei(799) }] } as const)
    const fixed = await d.desk.call('fix-apply', { batch, steps: [rule, edit], job: 'a' })
    expect(fixed.counts).toMatchObject({ accepted: 6, rejected: 2 })
    await d.desk.call('commit-batch', { batch, accept: ['guard-bad-rows'] })

    const elsewhere = await Importing.open(registry.url)
    expect(await elsewhere.desk.call('batch', { batch })).toMatchObject({
      state: 'committed',
      steps: [rule, edit],
      letter: '12-3',
      letterDate: '2026-11-20',
    })

    const next = d.csv(messy(800))
    const { profile } = await d.desk.call('inspect-file', { token: next })
    expect(profile).toMatchObject({ source: 'customs', steps: [rule] })
    const again = await d.stage('customs', next, { steps: profile?.steps ?? [] })
    expect(again.counts).toMatchObject({ accepted: 5, rejected: 3 })
    expect(again.steps).toEqual([rule])
  })

  test('done again on the same file bring what they brought, undone in any order nothing', async () => {
    const d = await Importing.open(registry.url)
    const token = d.csv(messy(900))
    const plain = await d.stage('customs', token)
    const steps: FixStep[] = [
      step({ kind: 'split', field: 'imei1' } as const),
      step({ kind: 'lookalikes', field: 'bin' } as const),
      step({ kind: 'merge', field: 'brand', from: ['XIAOMI'], to: 'Xiaomi' } as const),
      step({ kind: 'edit', cells: [{ row: 7, column: 6, text: imei(999) }] } as const),
    ]
    const fixed = await d.desk.call('fix-apply', { batch: plain.batch, steps, job: 'a' })
    const replayed = await d.stage('customs', token, { steps, job: 'again' })
    expect(replayed.counts).toEqual(fixed.counts)
    expect(replayed.effect).toEqual(fixed.effect)
    expect(await d.problems(replayed.batch)).toEqual(await d.problems(plain.batch))

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(steps, { minLength: 4 }), async (order) => {
        await d.desk.call('fix-apply', { batch: plain.batch, steps, job: 'on' })
        for (const { id } of order) await d.desk.call('fix-undo', { batch: plain.batch, step: id, job: id })
        const [now] = (await d.desk.call('staged-batches', {})).filter(({ batch }) => batch === plain.batch)
        expect(now?.counts).toEqual(plain.counts)
        expect(now?.effect).toEqual(plain.effect)
      }),
      { numRuns: 2 },
    )
  })

  test('pad a zero only where the number then proves right', async () => {
    const d = await Importing.open(registry.url)
    const rows = [[...CUSTOMS_HEADER], customsRow(1100, { 'IMEI 1': lost, 'IMEI 2': '' })]
    const { batch } = await d.stage('customs', d.csv(rows))
    const pad = step({ kind: 'pad-zero', field: 'imei1' } as const)
    const preview = await d.desk.call('fix-preview', { batch, step: pad, job: 'p' })
    expect(preview.samples).toMatchObject([{ before: lost, after: `0${lost}` }])
  })
})
