import { refused } from '../../domain/problem.ts'
import type { Handlers } from './execute.ts'

const later = async () => refused('not-available', {})
/** What carries out each kind of command. */
export const HANDLERS: Handlers = {
  'commit-batch': later,
  'undo-batch': later,
  sign: later,
  'claim-appeal': later,
  'return-appeal': later,
  'decide-appeal': later,
}
