import type { Handlers } from '../../../contract/call.ts'
import type { BATCH_EFFECT_CALLS } from '../../../contract/engine/batchEffect.ts'
import type { Desk } from '../../sync/desk.ts'
import { replyToSender } from '../reply/replyToSender.ts'
import { stagedOrTrouble } from '../stagedBatches.ts'
import { reading } from '../stagedReading.ts'
import { effectDetails } from './effectDetails.ts'
import { exportMoves } from './exportMoves.ts'

/** Calls about what a staged effect does beyond its counts, and about the reply to the sender. */
export function effectCalls(desk: Desk): Handlers<typeof BATCH_EFFECT_CALLS> {
  return {
    'staged-effect': ({ batch }) => reading(desk, batch, (staged, { doc }) => effectDetails(staged, doc)),
    'export-moves': (input) => {
      const { doc } = stagedOrTrouble(desk, input.batch)
      return desk.jobs.run({ id: input.job, kind: 'export', subject: doc.staged.file, unit: 'imeis' }, (job) =>
        exportMoves(desk, input, job),
      )
    },
    'reply-to-sender': ({ batch, folder }) => replyToSender(desk, batch, folder),
  }
}
