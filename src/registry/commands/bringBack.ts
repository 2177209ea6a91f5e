import type { Seq } from '../../domain/fact.ts'
import { addBatch, addRows, numberBatch, type StoredBatch } from '../db/batch/queries.ts'
import { nextNumber } from '../db/fact/queries.ts'
import { writeSegments } from '../segment/writeSegments.ts'
import { storedRows } from './acceptBatch.ts'
import type { Act } from './act.ts'
import { rowsOfBatch } from './rowsOfBatch.ts'
import { uuid7 } from './uuid7.ts'

/**
 * Lets a batch that a full list had replaced count again, after that list was undone. What ended stays ended, so that earlier days show
 * what held then: its rows come as a new batch of the same content, made and signed by those who made and signed the first. The moves
 * were judged with the undo; `told` is called with the number of the event.
 */
export async function bringBack(act: Act, replaced: StoredBatch, told: (seq: Seq) => Promise<unknown>): Promise<void> {
  const { tx, actor } = act
  const no = await nextNumber(tx, 'last_batch')
  const head = { ...replaced.head, id: uuid7(actor.now) }
  // from the database: the segments it came in may have been collected since
  const rows = await rowsOfBatch(tx, replaced.no)
  const segments = await writeSegments(act.blobs, rows, head)
  await addBatch(tx, {
    ...replaced,
    no,
    id: head.id,
    head,
    segments,
    command: actor.command,
    state: 'committed',
    acceptedAt: actor.now,
  })
  await addRows(tx, no, storedRows(rows))
  const { effect, madeBy: by, desk, signedBy } = replaced
  act.event(
    'batch-committed',
    { no, head, segments, effect, by, desk, command: actor.command, signedBy: [...signedBy], replaces: [] },
    async (seq) => {
      await numberBatch(tx, no, seq)
      await told(seq)
    },
  )
}
