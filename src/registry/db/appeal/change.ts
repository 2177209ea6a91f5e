import type { EventDoc } from '../../../contract/registry.ts'
import type { Appeal, TimelineEntry } from '../../../domain/appeal.ts'
import type { AppealChange } from '../../../domain/appealActs.ts'
import type { Tx } from '../transaction.ts'
import { saveAppeal } from './queries.ts'
import { markLetter } from './secrets.ts'

/** An appeal's next version, written, and the event that tells it. */
export interface Written {
  readonly after: Appeal
  readonly event: EventDoc<'appeal-changed'>
}

/** Writes an appeal's next version; `lastToken` is the highest fencing token given out, `command` what brought the change. */
export async function writeChange(
  tx: Tx,
  before: Appeal,
  change: AppealChange['change'],
  said: TimelineEntry,
  { lastToken, command }: { readonly lastToken: number; readonly command: string },
): Promise<Written> {
  const version = before.version + 1
  const entry = await markLetter(tx, { ...before, ...change }, version, said)
  const after: Appeal = { ...before, ...change, version, timeline: [...before.timeline, entry] }
  await saveAppeal(tx, after, lastToken)
  const { dueAt, evidence, complaint, assignedTo, notBy, revocation } = change
  const event = {
    id: after.id,
    version: after.version,
    state: after.state,
    lease: after.lease,
    hearingAt: after.hearingAt,
    proposal: after.proposal && {
      ...after.proposal,
      reasons: [...after.proposal.reasons],
      because: after.proposal.because && [...after.proposal.because],
    },
    entry: { ...entry, reasons: entry.reasons && [...entry.reasons], because: entry.because && [...entry.because] },
    command,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(evidence === undefined ? {} : { evidence: [...evidence] }),
    ...(complaint === undefined ? {} : { complaint }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
    ...(notBy === undefined ? {} : { notBy: [...notBy] }),
    ...(revocation === undefined
      ? {}
      : { revocation: revocation && { ...revocation, reasons: [...revocation.reasons] } }),
  }
  return { after, event }
}
