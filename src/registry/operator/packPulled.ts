import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { manifestText } from '../../contract/registry/operatorFiles.ts'
import type { Instant, Operator, Seq } from '../../domain/fact.ts'
import { type FileAction, type FileList, operatorFileName } from '../../domain/operatorFile.ts'
import { writeAtomically } from '../../sheet/write/atomicFile.ts'
import { ZipWriter } from '../../sheet/write/zipWriter.ts'
import type { Signer } from '../auth/signingKey.ts'

/** A list as it was written for an operator. */
export interface WrittenList {
  readonly operator: Operator
  readonly list: FileList
  readonly base: Seq | null
  readonly seq: Seq
  readonly rows: number
  readonly counts: Readonly<Record<FileAction, number>>
  readonly sha256: string
  readonly path: string
}

/**
 * The list and its manifest in one archive, as a desk makes them (docs/formats/operator-file.md); `created` is the registry's time of the last
 * event, so that the same state makes the same bytes. Answers the archive's path; the bare list is removed.
 */
export async function packPulled(written: WrittenList, created: Instant, signer: Signer): Promise<string> {
  const { operator, list, base, seq, rows, counts, sha256, path } = written
  const name = operatorFileName(operator, list, base, seq)
  const manifest = {
    format: 'tamga-operator-file-2',
    operator,
    list,
    kind: base === null ? 'full' : 'delta',
    base,
    seq,
    rows,
    ...counts,
    created,
    files: [{ name: `${name}.csv`, sha256, rows }],
  }
  const textOf = (said: object): string => `${JSON.stringify(said, null, 2)}\n`
  const hash = createHash('sha256').update(textOf(manifest)).digest('hex')
  const signature = { key: signer.id, value: signer.sign(manifestText(hash)) }
  try {
    await writeAtomically(`${path}.zip`, async (file) => {
      const zip = new ZipWriter(file)
      await zip.add(`${name}.csv`, createReadStream(path, { highWaterMark: 1 << 18 }))
      await zip.add(`${name}.manifest.json`, [textOf({ ...manifest, signature })])
      await zip.end()
      return rows
    })
  } finally {
    await unlink(path)
  }
  return `${path}.zip`
}
