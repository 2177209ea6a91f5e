import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IMPORT_KINDS, type ImportKind } from '../../src/domain/batch.ts'
import { layoutOf } from '../../src/engine/batch/inspect/layout.ts'
import { SheetJudge } from '../../src/engine/batch/stage/judgeSheet.ts'
import type { StagingWriter } from '../../src/engine/batch/stage/stagingFile.ts'
import type { StageTask } from '../../src/engine/batch/stage/task.ts'
import { TAC_TABLE } from '../../src/sample/devices.ts'
import type { FileOptions } from '../../src/sample/files/fileOptions.ts'
import { greyDevices } from '../../src/sample/files/knownDevices.ts'
import { writeSampleFile } from '../../src/sample/files/writeSampleFile.ts'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tamga-sample-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const OPTIONS: FileOptions = {
  rows: 3000,
  seed: 5,
  format: 'xlsx',
  language: 'ru',
  bad: 0.2,
  today: '2025-11-20',
  titles: true,
  total: true,
  known: [],
}

const TACS = new Map(TAC_TABLE.map((t) => [t.tac, t]))

/** What the desk's own reader and checks count in the file. */
async function judged(path: string, kind: ImportKind) {
  const book = await openWorkbook(path)
  try {
    const layout = await layoutOf(book, { kind: null, profiles: [] })
    const nowhere = new Proxy({}, { get: () => () => undefined }) as StagingWriter
    const judge = new SheetJudge(
      { kind, today: '2025-12-01' } as StageTask,
      layout,
      {
        tacs: { empty: false, has: (tac) => TACS.has(tac), deviceOf: (tac) => TACS.get(tac) },
        date1904: book.date1904,
        checks: undefined,
      },
      nowhere,
    )
    for await (const batch of book.rows(layout.sheet)) judge.judge(batch)
    const imeis = judge.sorted().count
    return { kind: layout.kind, header: layout.header.row, ...judge.end(imeis) }
  } finally {
    await book.close()
  }
}

describe('a customs sample file', () => {
  for (const format of ['xlsx', 'csv'] as const)
    for (const language of ['ru', 'kk', 'en'] as const)
      it(`is counted by the desk exactly as announced (${format}, ${language})`, async () => {
        const path = join(folder, `customs-${language}.${format}`)
        const options = { ...OPTIONS, format, language, titles: language !== 'en', total: language !== 'kk' }
        const said = await writeSampleFile(path, 'customs', options)
        const { kind, header, rows, accepted, rejected, duplicates, problems, imeis } = said
        expect(rows).toBe(3000)
        expect(await judged(path, 'customs')).toEqual({
          ...{ kind, header, rows, accepted, rejected, duplicates, problems, imeis },
        })
      })

  it('shows every damage spreadsheets do to IMEIs', async () => {
    const { problems } = await writeSampleFile(join(folder, 'damaged.xlsx'), 'customs', OPTIONS)
    expect(Object.keys(problems)).toEqual([
      'contradiction',
      'date-future',
      'date-impossible',
      'date-short-year',
      'duplicate',
      'identity-check-digit',
      'identity-lost-zero',
      'imei-check-digit',
      'imei-cleaned',
      'imei-digits-lost',
      'imei-impossible',
      'imei-length',
      'imei-lookalike',
      'imei-lost-zero',
      'imei-missing',
      'imei-pair-tacs',
      'imei-scientific',
      'imei-unreadable',
      'quantity-mismatch',
      'tac-brand',
    ])
  })

  it('is the same file for the same seed, whole and to the byte', async () => {
    const first = await writeSampleFile(join(folder, 'a.xlsx'), 'customs', OPTIONS)
    const second = await writeSampleFile(join(folder, 'b.xlsx'), 'customs', OPTIONS)
    const other = await writeSampleFile(join(folder, 'c.xlsx'), 'customs', { ...OPTIONS, seed: 6 })
    expect(second.sha256).toBe(first.sha256)
    expect(other.sha256).not.toBe(first.sha256)
    expect(readFileSync(first.file).equals(readFileSync(second.file))).toBe(true)
  })

  it('without damage is accepted whole', async () => {
    const path = join(folder, 'clean.xlsx')
    const said = await writeSampleFile(path, 'customs', { ...OPTIONS, bad: 0 })
    expect(said).toMatchObject({ rows: 3000, accepted: 3000, rejected: 0, duplicates: 0, problems: {} })
    expect((await judged(path, 'customs')).imeis).toBe(said.imeis)
  })

  it('begins with the grey devices it was given', async () => {
    const known = greyDevices(1, '2025-11-20', 30)
    expect(known).toHaveLength(30)
    const path = join(folder, 'known.csv')
    await writeSampleFile(path, 'customs', { ...OPTIONS, format: 'csv', bad: 0, known })
    const text = readFileSync(path, 'utf8')
    for (const { imeis } of known) for (const imei14 of imeis) expect(text).toContain(String(imei14))
  })
})

describe('sample files of the other kinds', () => {
  for (const kind of IMPORT_KINDS.filter((k) => k !== 'customs'))
    for (const format of ['xlsx', 'csv'] as const)
      it(`${kind} (${format}) is counted by the desk exactly as announced`, async () => {
        const path = join(folder, `${kind}.${format}`)
        const language = format === 'csv' ? 'kk' : 'ru'
        const said = await writeSampleFile(path, kind, {
          ...OPTIONS,
          ...{ rows: 800, format, language, titles: false, total: false },
        })
        const found = await judged(path, kind)
        expect(found).toMatchObject({
          rows: 800,
          accepted: said.accepted,
          rejected: said.rejected,
          duplicates: said.duplicates,
        })
        expect(found).toMatchObject({ problems: said.problems, imeis: said.imeis })
      })
})
