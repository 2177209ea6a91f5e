import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import papaparse from 'papaparse'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as SheetJs from 'xlsx'
import { imei15Text } from '../../../src/domain/imei.ts'
import { contentOf } from '../../../src/engine/report/content.ts'
import { detailRows } from '../../../src/engine/report/detailRows.ts'
import { figuresOf } from '../../../src/engine/report/figures.ts'
import { definite } from '../../../src/engine/report/query.ts'
import { reportCalls } from '../../../src/engine/report/reportCalls.ts'
import { writeReportXlsx } from '../../../src/engine/report/writeReportXlsx.ts'
import { identityOf } from '../../../src/engine/sync/identity.ts'
import { aCountry, NOKIA, SAMSUNG, XIAOMI } from './aCountry.ts'
import { printedText } from './printedText.ts'
import { SeededDesk } from './seededDesk.ts'

let seeded: SeededDesk
beforeEach(() => {
  seeded = new SeededDesk()
})
afterEach(() => {
  vi.restoreAllMocks()
  seeded.close()
})

const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const ASK = { ...YEAR, report: 'blocklist', by: 'reason', filters: {}, compareTo: null, asOfSeq: null } as const
const WRITE = { ...ASK, language: 'kk', rows: false, separator: ';' } as const
const FORMATS = ['xlsx', 'csv', 'pdf'] as const
const leftovers = (): string[] => readdirSync(seeded.folder).filter((name) => name.includes('.part'))
const calls = () => reportCalls(seeded.desk)

/** Many stolen phones of one model. */
function stolen(count: number): void {
  seeded.batch(
    'stolen',
    '2026-02-10T06:00:00.000Z',
    Array.from({ length: count }, (_, i) => ({ imei14: XIAOMI * 1_000_000 + i, date: '2026-02-01' })),
  )
}

/** Every file of this process, so that a test can say when the disk is full. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(import.meta.filename)
  await handle.close()
  return Object.getPrototypeOf(handle)
}

test.each(FORMATS)('a disk that is full at 90 %% of a %s is a problem, and the file before stays', async (format) => {
  stolen(3000)
  const { token, path } = seeded.target(`list.${format}`)
  const rows = format !== 'pdf'
  await calls().report({ ...WRITE, rows, format, target: token })
  const whole = readFileSync(path).length
  writeFileSync(path, 'what was there')
  const handles = await fileHandles()
  const write = handles.write
  let written = 0
  vi.spyOn(handles, 'write').mockImplementation(function (this: FileHandle, ...args: unknown[]) {
    written += (args[2] as number | undefined) ?? (args[0] as Buffer).length
    if (written > whole * 0.9) return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
    return Reflect.apply(write, this, args)
  } as never)
  await expect(calls().report({ ...WRITE, rows, format, target: token })).rejects.toMatchObject({
    problem: { code: 'disk-full' },
  })
  expect(leftovers()).toEqual([])
  expect(readFileSync(path, 'utf8')).toBe('what was there')
})

test.each(FORMATS)('a %s that another program keeps open is a problem, and stays as it was', async (format) => {
  stolen(5)
  const { token, path } = seeded.target(`open.${format}`)
  writeFileSync(path, 'open elsewhere')
  const handles = await fileHandles()
  // what Windows says of a file that Excel has open
  vi.spyOn(handles, 'sync').mockRejectedValue(Object.assign(new Error('busy'), { code: 'EBUSY' }))
  await expect(calls().report({ ...WRITE, format, target: token })).rejects.toMatchObject({
    problem: { code: 'target-not-writable' },
  })
  vi.restoreAllMocks()
  expect(leftovers()).toEqual([])
  expect(readFileSync(path, 'utf8')).toBe('open elsewhere')
})

test.each(['xlsx', 'csv'] as const)('a large %s that is cancelled half way leaves nothing', async (format) => {
  stolen(30_000)
  const { token, path } = seeded.target(`large.${format}`)
  const job = '00000000-0000-4000-8000-000000000001'
  const writing = calls().report({ ...WRITE, rows: true, format, target: token, job })
  const ended = expect(writing).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  while (leftovers().length === 0) await new Promise(setImmediate)
  seeded.jobs.cancel(job)
  await ended
  expect(leftovers()).toEqual([])
  expect(existsSync(path)).toBe(false)
})

describe('the IMEIs behind the figures', () => {
  test('are those of one moment, whatever comes while they are written', async () => {
    stolen(20_000)
    const { token, path } = seeded.target('moment.csv')
    const writing = calls().report({ ...WRITE, rows: true, format: 'csv', target: token })
    while (leftovers().length === 0) await new Promise(setImmediate)
    seeded.undo(1, '2026-03-01T06:00:00.000Z')
    const { figures, seq } = await writing
    expect(figures.total).toBe(20_000)
    expect(readFileSync(path, 'utf8').match(/^\d{15};/gm)).toHaveLength(20_000)
    expect(seq).toBeLessThan(seeded.seq)
    expect(await calls()['verify-report']({ target: token })).toMatchObject({ genuine: true, sameFigures: true })
  })

  test('stand in the file as text, as many as the figures count, and belong to what is sealed', async () => {
    aCountry(seeded)
    const asked = { ...WRITE, report: 'grey-clocks', by: 'brand', rows: true, language: 'ru' } as const
    const xlsx = await calls().report({ ...asked, format: 'xlsx', target: seeded.target('rows.xlsx').token })
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(xlsx.file)
    const [, rows] = book.worksheets
    const imeis = rows?.getColumn(1).values.slice(2)
    expect(imeis).toHaveLength(xlsx.figures.total)
    expect(imeis?.every((imei) => typeof imei === 'string' && /^\d{15}$/.test(imei))).toBe(true)
    expect(rows?.getCell('E2').value).toBeInstanceOf(Date)

    const csv = await calls().report({ ...asked, format: 'csv', target: seeded.target('rows.csv').token })
    const { data } = papaparse.parse<string[]>(readFileSync(csv.file, 'utf8').slice(1), { delimiter: ';' })
    expect(data.map(([first]) => first).filter((first = '') => /^\d{15}$/.test(first))).toEqual(imeis)
    for (const { file } of [xlsx, csv]) {
      seeded.grants.grant('check', file)
      expect(await calls()['verify-report']({ target: 'check' })).toMatchObject({ genuine: true })
    }
    writeFileSync(csv.file, readFileSync(csv.file, 'utf8').replace(String(imeis?.[3]), imei15Text(SAMSUNG * 1_000_000)))
    seeded.grants.grant('check', csv.file)
    expect(await calls()['verify-report']({ target: 'check' })).toMatchObject({ genuine: false, unchanged: false })
  })

  test('of an earlier number are those of then', async () => {
    stolen(40)
    const then = seeded.seq
    seeded.undo(1, '2026-03-01T06:00:00.000Z')
    const write = (asOfSeq: number | null, name: string) =>
      calls().report({ ...WRITE, asOfSeq, rows: true, format: 'csv', target: seeded.target(name).token })
    const imeisOf = (file: string) => readFileSync(file, 'utf8').match(/^\d{15};/gm)?.length ?? 0
    expect(imeisOf((await write(null, 'now.csv')).file)).toBe(0)
    expect(imeisOf((await write(then, 'then.csv')).file)).toBe(40)
  })

  test('go on in another sheet when one is full, and are verified across them', async () => {
    stolen(250)
    const cache = seeded.home.cache.openReader()
    const { signal } = new AbortController()
    const query = definite(cache, ASK)
    const { desk, publicKey, sign } = identityOf(seeded.home.desk)
    const content = contentOf(
      cache,
      query,
      await figuresOf(cache, query, signal),
      { officer: 'approver', desk, publicKey, sign },
      'en',
    )
    const details = detailRows(cache, query, 'en', signal, () => undefined)
    const { token, path } = seeded.target('split.xlsx')
    await writeReportXlsx({ path, content, details, separator: ',', signal, sign }, { rowsPerSheet: 101 })
    cache.close()
    const { SheetNames, Sheets } = SheetJs.read(readFileSync(path))
    expect(SheetNames).toEqual(['Figures', 'IMEIs', 'IMEIs (2)', 'IMEIs (3)', 'About this report'])
    const counts = SheetNames.slice(1, 4).map((name) => SheetJs.utils.sheet_to_json(Sheets[name] ?? {}).length)
    expect(counts).toEqual([100, 100, 50])
    expect(await calls()['verify-report']({ target: token })).toMatchObject({ genuine: true, unchanged: true })
  })
})

test('formulas, control characters, long Kazakh names and text from right to left are carried unharmed', async () => {
  aCountry(seeded)
  const ask = { ...WRITE, report: 'blocklist', by: 'brand', ...YEAR } as const
  const xlsx = await calls().report({ ...ask, by: 'model', format: 'xlsx', target: seeded.target('names.xlsx').token })
  const book = new ExcelJS.Workbook()
  await book.xlsx.readFile(xlsx.file)
  const labels = book.worksheets[0]?.getColumn(1).values.slice(2, -1)
  expect(labels).toEqual([
    'נוקיה مرحبا <3310> & "co"',
    // the control character became a space; the formula is a text, not a formula
    '=HYPERLINK("http://example.com") Note  14',
  ])
  expect(book.worksheets[0]?.getCell('A3').formula).toBeUndefined()

  const declared = { ...ask, report: 'declarations' } as const
  const pdf = await calls().report({ ...declared, format: 'pdf', target: seeded.target('names.pdf').token })
  const printed = (await printedText(pdf.file)).replace(/\s/g, '')
  expect(printed).toContain('ҚазақстандықӨндірушіҰялы')
  const csv = await calls().report({
    ...declared,
    by: 'importer',
    format: 'csv',
    target: seeded.target('names.csv').token,
  })
  const { data } = papaparse.parse<string[]>(readFileSync(csv.file, 'utf8').slice(1), { delimiter: ';' })
  expect(data[1]?.[0]).toBe(`040540000017 +ИП; "Асыл" , 'Нұр'`)
  expect(NOKIA).toBeGreaterThan(0)
})

test('a scheduled job without an officer signs as its desk, and says so', async () => {
  aCountry(seeded)
  seeded.officer = null
  const { file } = await calls().report({ ...WRITE, format: 'csv', target: seeded.target('job.csv').token })
  expect(readFileSync(file, 'utf8')).toContain('қызметкерсіз')
  seeded.grants.grant('check', file)
  const verdict = await calls()['verify-report']({ target: 'check' })
  expect(verdict).toMatchObject({ genuine: true, signer: { officer: '' } })
  expect(verdict.signer?.desk).toBe(identityOf(seeded.home.desk).desk)
  expect(join(seeded.folder, 'job.csv')).toBe(file)
})
