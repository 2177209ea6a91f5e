import { claimAppeal } from './claimAppeal.ts'
import { commitBatch } from './commitBatch.ts'
import { decideAppeal } from './decideAppeal.ts'
import type { Handlers } from './execute.ts'
import { proposeBlockRun } from './proposeBlockRun.ts'
import { returnAppeal } from './returnAppeal.ts'
import { sign } from './sign.ts'
import { signBlockRun } from './signBlockRun.ts'
import { undoBatch } from './undoBatch.ts'

/** What carries out each kind of command. */
export const HANDLERS: Handlers = {
  'commit-batch': commitBatch,
  'undo-batch': undoBatch,
  sign,
  'claim-appeal': claimAppeal,
  'return-appeal': returnAppeal,
  'decide-appeal': decideAppeal,
  'propose-blockrun': proposeBlockRun,
  'sign-blockrun': signBlockRun,
}
