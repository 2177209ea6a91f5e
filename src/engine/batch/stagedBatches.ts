import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Staged } from '../../contract/engine/batch.ts'
import type { Instant, IsoDate } from '../../domain/fact.ts'
import type { FixStep } from '../../domain/fix/fixStep.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader, Writer } from '../db/handle.ts'
import type { Desk } from '../sync/desk.ts'
import { keptPath, stagingFolder, stagingPath } from './stage/stagingFile.ts'
import type { StageResult } from './stage/task.ts'

/** All that is known of a staged batch besides its rows. */
export interface StagedDoc {
  readonly staged: Staged
  readonly letter: string
  readonly letterDate: IsoDate | null
  readonly full: boolean
  /** Corrections, in order. */
  readonly steps: readonly FixStep[]
  /** Which staging file holds the rows: another one after each correction. */
  readonly revision: number
  readonly by: string
  readonly file: { readonly name: string; readonly sha256: string }
  readonly layout: StageResult['layout']
  readonly reviewed: string
  /** The registry's word on it, once there is one: the batch it became, which may be an earlier one with the same content. */
  readonly became: { readonly batch: string; readonly state: Staged['state'] } | null
}

export interface StagedRow {
  readonly id: string
  readonly at: Instant
  /** `sent`: its command is in the outbox; `done`: the registry has answered. */
  readonly state: 'staged' | 'sent' | 'done'
  readonly doc: StagedDoc
  readonly command: string | null
}

type Stored = Omit<StagedRow, 'doc'> & { readonly doc: string }
/** Batches staged by an older desk have no corrections. */
const BEFORE = { letterDate: null, steps: [], revision: 0 } as const
const parsed = (row: Stored): StagedRow => ({ ...row, doc: { ...BEFORE, ...(JSON.parse(row.doc) as StagedDoc) } })
const COLUMNS = 'id, at, state, doc, command'

export const insertStaged = (tx: Writer, id: string, at: Instant, doc: StagedDoc): void => {
  tx.run(`INSERT INTO staged_batch(id, at, state, doc) VALUES (?, ?, 'staged', ?)`, id, at, JSON.stringify(doc))
}

export const updateStaged = (tx: Writer, id: string, doc: StagedDoc): void => {
  tx.run('UPDATE staged_batch SET doc = ? WHERE id = ?', JSON.stringify(doc), id)
}

export const markSent = (tx: Writer, id: string, command: string): void => {
  tx.run(`UPDATE staged_batch SET state = 'sent', command = ? WHERE id = ?`, command, id)
}

export const markState = (tx: Writer, id: string, state: StagedRow['state']): void => {
  tx.run('UPDATE staged_batch SET state = ? WHERE id = ?', state, id)
}

export const removeStagedRow = (tx: Writer, id: string): void => {
  tx.run('DELETE FROM staged_batch WHERE id = ?', id)
}

export const stagedRow = (desk: Reader, id: string): StagedRow | undefined => {
  const row = desk.query<Stored>(`SELECT ${COLUMNS} FROM staged_batch WHERE id = ?`).get(id)
  return row && parsed(row)
}

/** The newest first. */
export const stagedRows = (desk: Reader): StagedRow[] =>
  desk.query<Stored>(`SELECT ${COLUMNS} FROM staged_batch ORDER BY at DESC, id DESC`).all().map(parsed)

/** A staged batch whose rows can be looked at; throws `batch-unknown`. */
export function stagedOrTrouble(desk: Desk, id: string): StagedRow {
  const row = stagedRow(desk.home.desk.read, id)
  if (!row || !existsSync(rowsPath(desk.home.folder, row))) throw trouble('batch-unknown', { batch: id })
  return row
}

/** The staging file that holds a batch's rows now. */
export const rowsPath = (home: string, { id, doc }: Pick<StagedRow, 'id' | 'doc'>): string =>
  stagingPath(home, id, doc.revision)

/** Removes all that lies in files for a batch: its rows, of every revision, and the copy of what the sender sent. */
export function removeFiles(home: string, batch: string): void {
  const folder = stagingFolder(home)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) if (name.startsWith(batch)) rmSync(join(folder, name), { force: true })
}

/** Answered batches keep their problems and rejected rows for the reply to the sender this long. */
const KEPT_DAYS = 30

/**
 * At the start: staging files that no batch names go (an import that was dropped), and with them what was answered long ago and
 * batches whose file is gone. `keep`: names of files that belong to imports which are to go on.
 */
export function removeUnfinished(desk: Pick<Desk, 'home' | 'now'>, keep: readonly string[] = []): void {
  const { folder } = desk.home
  const before = new Date(Date.parse(desk.now()) - KEPT_DAYS * 86_400_000).toISOString()
  const known = new Set<string>(keep)
  for (const row of stagedRows(desk.home.desk.read)) {
    const old = row.state === 'done' && row.at < before
    const lost = row.state === 'staged' && !existsSync(rowsPath(folder, row))
    if (old || lost) {
      desk.home.desk.write((tx) => removeStagedRow(tx, row.id))
      continue
    }
    known.add(basename(rowsPath(folder, row)))
    known.add(basename(keptPath(folder, row.id)))
  }
  if (!existsSync(stagingFolder(folder))) return
  for (const name of readdirSync(stagingFolder(folder)))
    if (!known.has(name.replace(/-(journal|wal|shm|judged)$/, '')))
      rmSync(join(stagingFolder(folder), name), { force: true })
}
