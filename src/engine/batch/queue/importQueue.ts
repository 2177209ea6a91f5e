import { basename } from 'node:path'
import type { Instant, IsoDate } from '../../../domain/fact.ts'
import type { Reader, Writer } from '../../db/handle.ts'
import type { Desk } from '../../sync/desk.ts'
import { keptPath, stagingPath } from '../stage/stagingFile.ts'
import type { StageTask } from '../stage/task.ts'

/** An import from the moment the officer asked for it until its rows are staged. A password is never written down. */
export interface QueueEntry {
  readonly id: string
  readonly at: Instant
  readonly by: string
  readonly letter: string
  readonly letterDate: IsoDate | null
  readonly task: Omit<StageTask, 'keyHex' | 'stagingFile' | 'cacheFile' | 'keep'>
}

type Kept = Omit<QueueEntry, 'id' | 'at'>

export function insertQueued(tx: Writer, { id, at, ...entry }: QueueEntry): void {
  const { password: _, ...file } = entry.task.file
  const kept: Kept = { ...entry, task: { ...entry.task, file } }
  tx.run('INSERT INTO import_queue(id, at, task) VALUES (?, ?, ?)', id, at, JSON.stringify(kept))
}

export const removeQueued = (tx: Writer, id: string): void => {
  tx.run('DELETE FROM import_queue WHERE id = ?', id)
}

/** In the order the officer asked for them. */
export const queuedImports = (desk: Reader): QueueEntry[] =>
  desk
    .query<{ id: string; at: Instant; task: string }>('SELECT id, at, task FROM import_queue ORDER BY ord')
    .all()
    .map(({ id, at, task }) => ({ id, at, ...(JSON.parse(task) as Kept) }))

/** The task as a thread takes it, on this desk. */
export const taskOf = (
  desk: Pick<Desk, 'home' | 'keyHex'>,
  { id, task }: Pick<QueueEntry, 'id' | 'task'>,
): StageTask => ({
  ...task,
  keyHex: desk.keyHex,
  stagingFile: stagingPath(desk.home.folder, id),
  cacheFile: desk.home.cache.path,
  keep: { path: keptPath(desk.home.folder, id), sha256: null },
})

/** Names of files that belong to imports which are to go on. */
export const filesOfQueue = (desk: Pick<Desk, 'home'>): string[] =>
  queuedImports(desk.home.desk.read).flatMap(({ id }) => [
    basename(stagingPath(desk.home.folder, id)),
    basename(keptPath(desk.home.folder, id)),
  ])
