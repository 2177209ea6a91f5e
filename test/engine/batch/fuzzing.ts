import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { IMPORT_KINDS, type ImportKind } from '../../../src/domain/batch.ts'
import { isBlankRow, isTotalRow } from '../../../src/domain/columns/totalRow.ts'
import { ProblemError } from '../../../src/domain/problem.ts'
import { layoutOf } from '../../../src/engine/batch/inspect/layout.ts'
import { SheetJudge } from '../../../src/engine/batch/stage/judgeSheet.ts'
import type { StagingWriter } from '../../../src/engine/batch/stage/stagingFile.ts'
import type { StageTask } from '../../../src/engine/batch/stage/task.ts'
import { writeSampleFile } from '../../../src/sample/files/writeSampleFile.ts'
import { openWorkbook } from '../../../src/sheet/openWorkbook.ts'
import { SheetError } from '../../../src/sheet/sheetError.ts'
import { memorySource } from '../../../src/sheet/source.ts'
import { readDirectory } from '../../../src/sheet/zip/directory.ts'
import { readEntry } from '../../../src/sheet/zip/entryStream.ts'
import { zipOf } from '../../sheet/handmade.ts'
import { mutated, randomFrom } from '../../sheet/mutants.ts'

const FIXTURES = new URL('../../sheet/fixtures/', import.meta.url)

/** A file to be damaged, and for a workbook its parts, so that damage can have right checksums. */
interface Original {
  readonly name: string
  readonly kind: ImportKind
  readonly bytes: Buffer
  readonly parts: readonly { readonly name: string; readonly data: Buffer }[]
}

async function partsOf(bytes: Buffer): Promise<Original['parts']> {
  if (bytes.readUInt32LE(0) !== 0x04034b50) return []
  const source = memorySource('original', bytes)
  const { entries } = await readDirectory(source)
  const parts = []
  for (const entry of entries.values()) parts.push({ name: entry.name, data: await readEntry(source, entry, 1 << 24) })
  return parts
}

/** Sample files of every kind as workbook, text and packed text, and the tables of other people's writers. */
export async function originals(folder: string): Promise<readonly Original[]> {
  const made: Original[] = []
  const add = async (name: string, kind: ImportKind, bytes: Buffer): Promise<void> => {
    made.push({ name, kind, bytes, parts: await partsOf(bytes) })
  }
  for (const kind of IMPORT_KINDS)
    for (const format of ['xlsx', 'csv'] as const) {
      const path = join(folder, `${kind}.${format}`)
      await writeSampleFile(path, kind, {
        rows: 40,
        seed: 7,
        format,
        language: 'ru',
        bad: 0.2,
        today: '2025-11-20',
        titles: true,
        total: true,
        known: [],
      })
      await add(`${kind}.${format}`, kind, readFileSync(path))
      if (format === 'csv') await add(`${kind}.csv.gz`, kind, gzipSync(readFileSync(path)))
    }
  // each old workbook starts a thread, each locked one derives a key: those have tests of their own
  for (const name of readdirSync(FIXTURES))
    if (/\.(xlsx|ods|csv)$/.test(name) && !name.startsWith('encrypted'))
      await add(name, 'legacy', readFileSync(new URL(name, FIXTURES)))
  return made
}

/** The mutant of a number: the same number is always the same damage to the same file. */
export function mutantOf(from: readonly Original[], number: number): { original: Original; bytes: Buffer } {
  const random = randomFrom(number)
  const original = from[random(from.length)] as Original
  const whole = original.parts.length === 0 || random(3) === 0
  if (whole) return { original, bytes: mutated(original.bytes, random) }
  const victim = random(original.parts.length)
  const parts = original.parts.map((part, i) => (i === victim ? { ...part, data: mutated(part.data, random) } : part))
  return { original, bytes: zipOf(parts) }
}

const NOWHERE = new Proxy({}, { get: () => () => undefined }) as StagingWriter

/** What an import makes of a file: the code of its problem, or `rows` when it was read and its rows reconcile. Throws for a crash. */
export async function importOf(
  { original, bytes }: { original: Original; bytes: Buffer },
  path: string,
): Promise<string> {
  writeFileSync(path, bytes)
  try {
    const book = await openWorkbook(path)
    try {
      const layout = await layoutOf(book, { kind: original.kind, profiles: [] })
      const file = { tacs: { empty: true, has: () => false }, date1904: book.date1904, checks: undefined }
      const judge = new SheetJudge({ kind: original.kind, today: '2025-12-01' } as StageTask, layout, file, NOWHERE)
      let filled = 0
      let totals = 0
      for await (const batch of book.rows(layout.sheet)) {
        judge.judge(batch)
        for (let i = 0; i < batch.count; i++) {
          if (batch.rowNumber(i) <= layout.headerEnd) continue
          const texts = batch.texts(i)
          if (isBlankRow(texts)) continue
          filled++
          if (isTotalRow(texts)) totals++
        }
      }
      const { rows, accepted, rejected } = judge.end(judge.sorted().count)
      if (rows !== accepted + rejected || rows > filled || rows < filled - totals)
        throw new Error(`${filled} rows (${totals} totals) became ${rows} = ${accepted} + ${rejected}`)
      return 'rows'
    } finally {
      await book.close()
    }
  } catch (error) {
    if (error instanceof SheetError) return error.code
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
}
