import { createHash, randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Operator, Seq } from '../../domain/fact.ts'
import {
  changeOf,
  type FileAction,
  type FileList,
  type FileRow,
  fileCells,
  fileColumns,
  STANDARD_TEMPLATE,
} from '../../domain/operatorFile.ts'
import { trouble } from '../../domain/problem.ts'
import type { Signer } from '../auth/signingKey.ts'
import { readHead } from '../db/log/queries.ts'
import { exceptionEntries, storedEntries, turnedEntries } from '../db/operator/listRows.ts'
import { templateOf } from '../db/operator/queries.ts'
import type { Database } from '../db/pool.ts'
import { snapshot, type Tx } from '../db/transaction.ts'

export interface Pull {
  readonly operator: Operator
  readonly list: FileList
  /** Only what changed after this number. */
  readonly since: Seq | null
}

export interface Pulled {
  readonly seq: Seq
  readonly rows: number
  readonly sha256: string
  /** The registry's signature over `pullText`. */
  readonly signature: string
  readonly key: string
  /** A file of its own; whoever sends it removes it. */
  readonly path: string
}

/** What is signed of a pulled list. */
export const pullText = (p: Pull, seq: Seq, sha256: string): string =>
  ['operator-list', p.operator, p.list, p.since ?? 'full', seq, sha256].join('\n')

/** Names the state a list is in: the same tag, the same bytes. */
export async function pullTag(db: Database, p: Pull): Promise<{ tag: string; head: Seq }> {
  const { epoch, head } = await readHead(db)
  if (p.since !== null && p.since > head) throw trouble('seq-unknown', { seq: p.since, head })
  return { tag: `"${epoch.slice(0, 8)}-${head}-${p.list}-${p.since ?? 'full'}"`, head }
}

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

/** Writes a list for an operator who pulls it, by his template in UTF-8; all of one moment, hashed and signed. */
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
  let rows = 0
  try {
    const write = async (text: string): Promise<void> => {
      hash.update(text)
      await file.writeFile(text)
    }
    if (template.header) await write(line(columns.map((column) => column.header)))
    const seq = await snapshot(db, async (tx) => {
      const { head } = await readHead(tx)
      for await (const entries of entriesOf(tx, pull)) {
        rows += entries.length
        await write(entries.map((row) => line(fileCells(row, columns, template))).join(''))
      }
      return head
    })
    const sha256 = hash.digest('hex')
    return { seq, rows, sha256, signature: signer.sign(pullText(pull, seq, sha256)), key: signer.id, path }
  } catch (e) {
    await unlink(path)
    throw e
  } finally {
    await file.close()
  }
}
