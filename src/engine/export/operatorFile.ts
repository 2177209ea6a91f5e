import { join } from 'node:path'
import type { Instant, Operator, Seq } from '../../domain/fact.ts'
import { imei15Text } from '../../domain/imei.ts'
import { writeAtomically } from '../../sheet/write/atomicFile.ts'
import { writeCsv } from '../../sheet/write/writeCsv.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf } from '../db/mirror.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { blackList, countBlack } from './queries.ts'

export interface FileEntry {
  readonly name: string
  readonly sha256: string
  readonly rows: number
}

/** What lies beside the file so that the operator can tell whether he has all of it (docs/formats/operator-file.md). */
export interface Manifest {
  readonly format: 'tamga-operator-file-1'
  readonly operator: Operator
  readonly list: 'black'
  readonly kind: 'full'
  /** Sequence number the file is a change from; null for a full list. */
  readonly base: null
  readonly seq: Seq
  readonly rows: number
  readonly created: Instant
  readonly files: readonly FileEntry[]
}

const ROWS_A_NOTICE = 5000

/**
 * Writes the full black list of an operator into a folder: CSV (`imei` with its check digit, `reason`, `since`) and its manifest. Both
 * appear only when complete; the manifest last, so that a folder with a manifest has its file. Throws a SheetError when the folder
 * cannot be written to.
 */
export async function writeBlackList(
  cache: Reader,
  operator: Operator,
  folder: string,
  created: Instant,
  job: Pick<RunningJob, 'signal' | 'progress'>,
): Promise<Manifest> {
  const { seq } = cursorOf(cache)
  const total = countBlack(cache)
  const name = `${operator}-black-full-${String(seq).padStart(9, '0')}`
  function* rows(): Generator<readonly string[]> {
    let done = 0
    for (const [imei14, reason, since] of blackList(cache)) {
      yield [imei15Text(imei14), reason, since]
      done++
      if (done % ROWS_A_NOTICE === 0) job.progress(done, total)
    }
  }
  const csv = `${name}.csv`
  const written = await writeCsv(join(folder, csv), {
    header: ['imei', 'reason', 'since'],
    rows: rows(),
    signal: job.signal,
  })
  const manifest: Manifest = {
    format: 'tamga-operator-file-1',
    operator,
    list: 'black',
    kind: 'full',
    base: null,
    seq,
    rows: written.rows,
    created,
    files: [{ name: csv, sha256: written.sha256, rows: written.rows }],
  }
  await writeAtomically(join(folder, `${name}.manifest.json`), async (file) => {
    await file.write(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
    return 1
  })
  return manifest
}
