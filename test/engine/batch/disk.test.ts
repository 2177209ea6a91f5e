import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keepSource } from '../../../src/engine/batch/keep/keptFile.ts'
import { JudgedLog, judgedPath, readJudged } from '../../../src/engine/batch/stage/judgedLog.ts'
import { StagingWriter } from '../../../src/engine/batch/stage/stagingFile.ts'
import { named, openConnection } from '../../../src/engine/db/connection.ts'
import { openFile } from '../../../src/sheet/source.ts'
import { problemOf } from './problemOf.ts'

const KEY = 'c3'.repeat(32)
/** Every write to it fails as on a disk without room. */
const FULL = '/dev/full'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tamga-disk-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const stretch = (first: number, count: number) => ({
  devices: {
    keys: Float64Array.from({ length: count }, (_, i) => 86_012_345_000_000 + first + i),
    docs: new Uint32Array(count).fill(1),
    rows: Uint32Array.from({ length: count }, (_, i) => first + i),
    ring: new Int8Array(count),
  },
  marks: Float64Array.of(7, first, 1),
})

describe('a disk without room', () => {
  test('ends the copy of the sender’s file with a problem that says so', async () => {
    const sent = join(folder(), 'sent.csv')
    writeFileSync(sent, 'IMEI\n490154203237518\n')
    const source = await openFile(sent)
    const copying = keepSource(source, { path: FULL, keyHex: KEY }, () => undefined)
    await expect(copying).rejects.toMatchObject({ problem: { code: 'disk-full' } })
    await source.close()
  })

  test('ends a checkpoint of judged rows so, and giving up leaves no staged row', () => {
    const path = join(folder(), 'batch.db')
    symlinkSync(FULL, judgedPath(path))
    const staging = new StagingWriter(path, KEY)
    expect(problemOf(() => staging.checkpoint(3, stretch(1, 2), '{}'))).toBe('disk-full')
    staging.abandon()
    expect([existsSync(path), existsSync(judgedPath(path)), existsSync(`${path}-journal`)]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('ends staging so when the database cannot grow', () => {
    const path = join(folder(), 'batch.db')
    const made = openConnection(path, { keyHex: KEY, readonly: false, synchronous: 'NORMAL', cacheMb: 1 })
    made.exec('CREATE TABLE t(a BLOB)')
    made.pragma('max_page_count=3')
    const full = problemOf(() => {
      try {
        made.exec('INSERT INTO t VALUES (zeroblob(100000))')
      } catch (error) {
        throw named(error, path)
      }
    })
    made.close()
    expect(full).toBe('disk-full')
  })
})

describe('the log of judged rows', () => {
  test('gives back what was written, and nothing that came behind the last checkpoint', () => {
    const path = join(folder(), 'batch.db')
    const log = new JudgedLog(path, KEY, 0)
    const end = log.append(stretch(1, 3))
    log.append(stretch(4, 5))
    log.close()
    expect(readJudged(path, KEY, end)).toEqual([stretch(1, 3)])

    const resumed = new JudgedLog(path, KEY, end)
    const both = resumed.append(stretch(9, 2))
    resumed.close()
    expect(readJudged(path, KEY, both)).toEqual([stretch(1, 3), stretch(9, 2)])
  })

  test('that is damaged, or of another home, is named so', () => {
    const path = join(folder(), 'batch.db')
    const log = new JudgedLog(path, KEY, 0)
    const end = log.append(stretch(1, 3))
    log.close()
    expect(problemOf(() => readJudged(path, 'd4'.repeat(32), end))).toBe('blob-damaged')
    expect(problemOf(() => readJudged(path, KEY, end + 9))).toBe('blob-damaged')
  })
})
