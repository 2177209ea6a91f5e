import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { until } from '../../sync/syncDesk.ts'
import { onlyRead } from '../readOnlyDisk.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

/** So many that an import can be halted inside. */
const ROWS = 40_000

function longFile(d: Importing, first: number): string {
  const path = join(d.folder, 'long.csv')
  const declaration = (i: number) => ({ '№ ДТ': `50505/101026/${String(i % 9000).padStart(7, '0')}` })
  const rows = Array.from({ length: ROWS }, (_, i) => customsRow(first + i, declaration(i)).join(';'))
  writeFileSync(path, [CUSTOMS_HEADER.join(';'), ...rows].join('\r\n'))
  return d.grant(path)
}

/** Begins an import and halts it while its rows are judged; `ended` is the problem it ends with. */
async function haltedInside(d: Importing, token: string): Promise<{ readonly ended: Promise<string> }> {
  const ended = d.desk.problemOf('stage-batch', { job: 'long', token, kind: 'customs' })
  const isInside = (value: unknown): boolean => {
    const job = value as { readonly id: string; readonly done: number; readonly total: number | null }
    return job.id === 'long' && job.done > (job.total ?? Number.POSITIVE_INFINITY) / 10
  }
  await until(() => d.desk.notices.some(({ name, value }) => name === 'job' && isInside(value)))
  await d.desk.call('pause-job', { id: 'long' })
  expect(await d.desk.call('import-queue', {})).toMatchObject([{ job: 'long', state: 'paused' }])
  return { ended }
}

/** Nothing of the import is left to the officer, and the same file is taken and committed once the disk is as before. */
async function goesOnAsBefore(d: Importing, token: string): Promise<void> {
  expect(await d.desk.call('staged-batches', {})).toEqual([])
  expect(await d.desk.call('import-queue', {})).toEqual([])
  const staged = await d.stage('customs', token, { job: 'again' })
  expect(staged.counts).toMatchObject({ rows: ROWS, accepted: ROWS, imeis: ROWS * 2 })
  expect(await d.desk.call('commit-batch', { batch: staged.batch })).toMatchObject({ counts: { accepted: ROWS } })
}

/** A disk of its own of so many megabytes; null where this person may not mount one. */
function ownDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tamga', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Takes all the room there is; answers how to give it back. */
function fill(folder: string): () => void {
  const path = join(folder, 'full')
  const file = openSync(path, 'w')
  for (let size = 1 << 20; size >= 512; size /= 2) {
    const block = Buffer.alloc(size, 1)
    try {
      while (writeSync(file, block) === size);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  closeSync(file)
  return () => rmSync(path)
}

describe('a disk that changes while a file is imported', () => {
  test('to one that can only be read: the import ends with a problem that says so, and is taken again later', async () => {
    const d = await Importing.open(registry.url)
    const token = longFile(d, 0)
    const { ended } = await haltedInside(d, token)
    const lift = onlyRead(join(d.desk.home, 'staging'), 'nobody')
    await d.desk.call('resume-job', { id: 'long' })
    expect(await ended).toBe('disk-read-only')
    lift()
    await goesOnAsBefore(d, token)
  })

  test('to one without room: the import ends with a problem that says so, leaves its room free, and is taken again later', async () => {
    const disk = ownDisk(160)
    // who may not mount a small disk sees the same of a device that is always full, in disk.test.ts
    if (disk === null) return
    const home = join(disk, 'home')
    const d = await Importing.open(registry.url, 'importer', home)
    const token = longFile(d, 100_000)
    const { ended } = await haltedInside(d, token)
    const empty = fill(disk)
    await d.desk.call('resume-job', { id: 'long' })
    expect(await ended).toBe('disk-full')
    expect(readdirSync(join(home, 'staging'))).toEqual([])
    empty()
    await goesOnAsBefore(d, token)
  })
})
