import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant, Operator, Seq } from '../../domain/fact.ts'
import {
  type FileAction,
  type FileList,
  type FileRow,
  fileCells,
  fileColumns,
  type OperatorTemplate,
  operatorFileName,
} from '../../domain/operatorFile.ts'
import { writeAtomically } from '../../sheet/write/atomicFile.ts'
import { writeCsv } from '../../sheet/write/writeCsv.ts'
import { ZipWriter } from '../../sheet/write/zipWriter.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf } from '../db/mirror.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { countStored } from '../sync/listQueries.ts'
import { changesBetween, listAt } from '../sync/listRows.ts'

export interface FileEntry {
  readonly name: string
  readonly sha256: string
  readonly rows: number
}

/** What lies beside the file so that the operator can tell whether he has all of it (docs/formats/operator-file.md). */
export interface Manifest {
  readonly format: 'tamga-operator-file-2'
  readonly operator: Operator
  readonly list: FileList
  readonly kind: 'full' | 'delta'
  /** Sequence number the file is a change from; null for a full list. */
  readonly base: Seq | null
  readonly seq: Seq
  readonly rows: number
  readonly blocked: number
  readonly unblocked: number
  readonly changed: number
  readonly created: Instant
  readonly files: readonly FileEntry[]
}

/** The registry's signature over the manifest's text without it; null when it could not be asked. */
export type Signature = { readonly key: string; readonly value: string } | null

export interface FileOrder {
  readonly operator: Operator
  readonly list: FileList
  readonly base: Seq | null
  readonly template: OperatorTemplate
  readonly folder: string
  readonly created: Instant
}

export interface WrittenFile {
  readonly manifest: Manifest
  readonly signature: Signature
  readonly archive: { readonly name: string; readonly sha256: string; readonly bytes: number }
}

const ROWS_A_NOTICE = 5000

/** The manifest's text as it is hashed and signed. */
const textOf = (manifest: Manifest & { readonly signature?: Signature }): string =>
  `${JSON.stringify(manifest, null, 2)}\n`

/**
 * Writes a list for an operator into a folder: CSV by his template, its manifest, and both in an archive. Each appears only when
 * complete, the archive last; when `issue` (which has the manifest noted and signed) fails, nothing stays. Throws a SheetError when the
 * folder cannot be written to.
 */
export async function writeOperatorFile(
  cache: Reader,
  order: FileOrder,
  job: Pick<RunningJob, 'signal' | 'progress'>,
  issue: (manifest: Manifest, sha256: string) => Promise<Signature>,
): Promise<WrittenFile> {
  const { folder } = order
  const manifest = await writeList(cache, order, job)
  const csv = manifest.files[0]?.name ?? ''
  const name = csv.replace(/\.csv$/, '')
  try {
    const signature = await issue(manifest, createHash('sha256').update(textOf(manifest)).digest('hex'))
    const text = textOf({ ...manifest, signature })
    await writeAtomically(join(folder, `${name}.manifest.json`), async (file) => {
      await file.write(Buffer.from(text))
      return 1
    })
    const archive = await writeAtomically(join(folder, `${name}.zip`), async (file) => {
      const zip = new ZipWriter(file)
      await zip.add(csv, createReadStream(join(folder, csv), { highWaterMark: 1 << 18 }))
      await zip.add(`${name}.manifest.json`, [text])
      await zip.end()
      return manifest.rows
    })
    return { manifest, signature, archive: { name: `${name}.zip`, sha256: archive.sha256, bytes: archive.bytes } }
  } catch (error) {
    await unlink(join(folder, csv))
    throw error
  }
}

async function writeList(
  cache: Reader,
  { operator, list, base, template, folder, created }: FileOrder,
  job: Pick<RunningJob, 'signal' | 'progress'>,
): Promise<Manifest> {
  const { seq } = cursorOf(cache)
  const kind = base === null ? 'full' : 'delta'
  const columns = fileColumns(template, list, kind)
  const total = kind === 'full' && list !== 'exceptions' ? countStored(cache, list) : 0
  const counts: Record<FileAction, number> = { blocked: 0, unblocked: 0, changed: 0 }
  const which = { operator, list }
  function* cells(): Generator<readonly string[]> {
    let done = 0
    const source: Iterable<FileRow & { readonly action?: FileAction }> =
      base === null ? listAt(cache, which, seq) : changesBetween(cache, which, base, seq)
    for (const row of source) {
      counts[row.action ?? 'blocked']++
      yield fileCells(row, columns, template)
      done++
      if (done % ROWS_A_NOTICE === 0) job.progress(done, total)
    }
  }
  const csv = `${operatorFileName(operator, list, base, seq)}.csv`
  const written = await writeCsv(join(folder, csv), {
    header: template.header ? columns.map((column) => column.header) : undefined,
    rows: cells(),
    delimiter: template.delimiter,
    encoding: template.encoding,
    bom: template.bom,
    lineEnd: template.lineEnd === 'crlf' ? '\r\n' : '\n',
    signal: job.signal,
  })
  return {
    format: 'tamga-operator-file-2',
    operator,
    list,
    kind,
    base,
    seq,
    rows: written.rows,
    ...counts,
    created,
    files: [{ name: csv, sha256: written.sha256, rows: written.rows }],
  }
}
