import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import papaparse from 'papaparse'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseImei } from '../../../src/domain/imei.ts'
import { exportCalls } from '../../../src/engine/export/exportCalls.ts'
import { SeededDesk } from '../report/seededDesk.ts'

let seeded: SeededDesk
let folder: string
beforeEach(() => {
  seeded = new SeededDesk()
  folder = join(seeded.folder, 'out')
  mkdirSync(folder)
  seeded.grants.grant('out', folder)
})
afterEach(() => seeded.close())

const BLACK = { operator: 'kcell', list: 'black', since: null, target: 'out' } as const
const write = () => exportCalls(seeded.desk)['operator-file'](BLACK)
const facts = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ imei14: 1_012_345_000_000 + i, date: '2026-02-01' }))

test('an operator gets every black IMEI with its check digit, once, and a manifest that proves it', async () => {
  seeded.batch('stolen', '2026-02-02T06:00:00.000Z', facts(300))
  seeded.batch('operator', '2026-02-03T06:00:00.000Z', [{ imei14: 86_012_301_000_001, date: '2026-02-01' }])
  const file = await write()
  expect(file).toMatchObject({ operator: 'kcell', list: 'black', kind: 'full', base: null, seq: seeded.seq, rows: 300 })
  const [entry] = file.files
  const bytes = readFileSync(join(folder, entry?.name ?? ''))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry?.sha256)
  const rows = papaparse.parse<Record<string, string>>(bytes.toString(), { header: true, skipEmptyLines: true }).data
  expect(rows).toHaveLength(300)
  expect(new Set(rows.map((r) => r.imei)).size).toBe(300)
  for (const { imei = '', reason, since } of rows) {
    // a leading zero survives, and the check digit is right
    expect(imei).toMatch(/^010\d{12}$/)
    expect(parseImei(imei)).toMatchObject({ ok: true, imei: { check: 'right' } })
    expect({ reason, since }).toEqual({ reason: 'stolen', since: '2026-02-01' })
  }
  const manifest = readdirSync(folder).find((name) => name.endsWith('.manifest.json')) ?? ''
  const { archive, ...told } = file
  expect(JSON.parse(readFileSync(join(folder, manifest), 'utf8'))).toEqual({
    format: 'tamga-operator-file-2',
    created: '2026-11-22T09:00:00.000Z',
    ...told,
  })
  const zip = readFileSync(join(folder, archive.name))
  expect(createHash('sha256').update(zip).digest('hex')).toBe(archive.sha256)
})

test('an empty black list is a file too', async () => {
  const file = await write()
  expect(file.rows).toBe(0)
  expect(readFileSync(join(folder, file.files[0]?.name ?? ''), 'utf8')).toBe('imei,reason,since\n')
})

test('a cancelled export leaves nothing', async () => {
  seeded.batch('stolen', '2026-02-02T06:00:00.000Z', facts(60_000))
  const running = exportCalls(seeded.desk)['operator-file']({ ...BLACK, job: 'slow' })
  seeded.jobs.cancel('slow')
  await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  expect(readdirSync(folder)).toEqual([])
})

test('only an approver makes the file, and of nothing that is still to come', async () => {
  const { 'operator-file': make } = exportCalls(seeded.desk)
  await expect(async () => make({ ...BLACK, since: seeded.seq + 1 })).rejects.toMatchObject({
    problem: { code: 'seq-unknown' },
  })
  seeded.officer = { id: 'importer', name: 'Sample Importer', role: 'importer' }
  await expect(async () => make(BLACK)).rejects.toMatchObject({ problem: { code: 'role-forbids' } })
  seeded.officer = null
  await expect(async () => make(BLACK)).rejects.toMatchObject({ problem: { code: 'not-signed-in' } })
})

test('a folder that takes no file is a problem', async () => {
  seeded.grants.grant('out', join(folder, 'missing'))
  await expect(write()).rejects.toMatchObject({ problem: { code: 'target-not-writable' } })
})
