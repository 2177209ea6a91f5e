import { createHash, randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant, Operator, Seq } from '../../domain/fact.ts'
import {
  changeOf,
  type FileAction,
  type FileList,
  type FileRow,
  fileCells,
  fileColumns,
  operatorFileName,
  STANDARD_TEMPLATE,
} from '../../domain/operatorFile.ts'
import { trouble } from '../../domain/problem.ts'
import type { Signer } from '../auth/signingKey.ts'
import { eventAt, readHead } from '../db/log/queries.ts'
import { exceptionEntries, storedEntries, turnedEntries } from '../db/operator/listRows.ts'
import { templateOf } from '../db/operator/queries.ts'
import type { Database } from '../db/pool.ts'
import { snapshot, type Tx } from '../db/transaction.ts'
import { packPulled } from './packPulled.ts'

export interface Pull {
  readonly operator: Operator
  readonly list: FileList
  /** Only what changed after this number. */
  readonly since: Seq | null
  /** With its manifest in an archive. */
  readonly packed: boolean
}

export interface Pulled {
  readonly seq: Seq
  readonly rows: number
  readonly sha256: string
  /** Name of the file, without its end. */
  readonly name: string
  /** The registry's signature over `pullText`. */
  readonly signature: string
  readonly key: string
  /** A file of its own; whoever sends it removes it. */
  readonly path: string
}

/** What is signed of a pulled list. */
export const pullText = (p: Omit<Pull, 'packed'>, seq: Seq, sha256: string): string =>
  ['operator-list', p.operator, p.list, p.since ?? 'full', seq, sha256].join('\n')

/** Names the state a list is in: the same tag, the same bytes. */
export async function pullTag(db: Database, p: Pull): Promise<{ tag: string; head: Seq }> {
  const { epoch, head } = await readHead(db)
  if (p.since !== null && p.since > head) throw trouble('seq-unknown', { seq: p.since, head })
  const form = p.packed ? '-zip' : ''
  return { tag: `"${epoch.slice(0, 8)}-${head}-${p.list}-${p.since ?? 'full'}${form}"`, head }
}

/** Time of a registry in which nothing happened. */
const NEVER: Instant = '1970-01-01T00:00:00.000Z'

type Entry = FileRow & { readonly action?: FileAction }

async function* entriesOf(tx: Tx, { operator, list, since }: Pull): AsyncGenerator<Entry[]> {
  if (list === 'exceptions') {
    if (since !== null) throw trouble('not-available', { command: 'exceptions?since' })
    yield await exceptionEntries(tx, operator)
  } else if (since === null) yield* storedEntries(tx, list)
  else
    for await (const turned of turnedEntries(tx, list, since))
      yield turned.flatMap(({ before, after }) => changeOf(before, after) ?? [])
}

/** Writes a list for an operator who pulls it, by his template in UTF-8; all of one moment, hashed and signed, packed where he wants it so. */
export async function pullList(db: Database, signer: Signer, pull: Pull): Promise<Pulled> {
  const template = (await templateOf(db, pull.operator)) ?? STANDARD_TEMPLATE
  const columns = fileColumns(template, pull.list, pull.since === null ? 'full' : 'delta')
  const end = template.lineEnd === 'crlf' ? '\r\n' : '\n'
  const quoted = (cell: string): string =>
    cell.includes(template.delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell
  const line = (cells: readonly string[]): string => cells.map(quoted).join(template.delimiter) + end
  const path = join(tmpdir(), `tamga-pull-${randomUUID()}`)
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  const counts: Record<FileAction, number> = { blocked: 0, unblocked: 0, changed: 0 }
  let rows = 0
  let state: { readonly head: Seq; readonly at: Instant }
  try {
    const write = async (text: string): Promise<void> => {
      hash.update(text)
      await file.writeFile(text)
    }
    if (template.header) await write(line(columns.map((column) => column.header)))
    state = await snapshot(db, async (tx) => {
      const { head } = await readHead(tx)
      for await (const entries of entriesOf(tx, pull)) {
        rows += entries.length
        for (const { action = 'blocked' } of entries) counts[action]++
        await write(entries.map((row) => line(fileCells(row, columns, template))).join(''))
      }
      return { head, at: (await eventAt(tx, head)) ?? NEVER }
    })
  } catch (e) {
    await unlink(path)
    throw e
  } finally {
    await file.close()
  }
  const { operator, list, since: base } = pull
  const sha256 = hash.digest('hex')
  const signed = { sha256, signature: signer.sign(pullText(pull, state.head, sha256)), key: signer.id }
  const written = { operator, list, base, seq: state.head, rows, counts, sha256, path }
  const name = operatorFileName(operator, list, base, state.head)
  return {
    ...signed,
    seq: state.head,
    rows,
    name,
    path: pull.packed ? await packPulled(written, state.at, signer) : path,
  }
}
