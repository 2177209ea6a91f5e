import type { Handlers } from '../../contract/call.ts'
import type { APPEAL_CALLS } from '../../contract/engine/appeal.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { prefetchEvidence } from '../sync/evidenceFiles.ts'
import { assignAppeal, complainAppeal, handOverAppeal, prolongAppeal, revokeDecision, withdrawAppeal } from './acts.ts'
import { appealOf } from './appealOf.ts'
import { claimAppeal, returnAppeal } from './claim.ts'
import { decideAppeal, takeBack } from './decide.ts'
import { decideMany } from './decideMany.ts'
import { saveDraft } from './drafts.ts'
import { evidence, saveEvidence } from './evidence.ts'
import { previewLetter, saveLetter } from './letters.ts'
import { likelyNext } from './likelyNext.ts'
import { appealCounts, queue } from './queue.ts'
import { queueViews, saveQueueViews } from './queueViews.ts'
import { revocationEffect } from './revocationEffect.ts'
import type { SharedDrafts } from './sharedDrafts.ts'
import { supervision } from './supervision.ts'
import { wholeAppeal } from './whole.ts'

/** The queue, one appeal with its facts, claim, draft and decision, and its evidence. */
export const appealCalls = (
  desk: DeskCore,
  drafts: SharedDrafts,
): Pick<Handlers<EngineContract>, keyof typeof APPEAL_CALLS> => ({
  'share-drafts': async () => ({ came: await drafts.exchange() }),
  appeals: (ask) => queue(desk, ask),
  'appeal-counts': () => appealCounts(desk),
  appeal: ({ id }) => {
    const whole = wholeAppeal(desk, id)
    if (desk.live)
      prefetchEvidence(desk, appealOf(desk, id).evidence).catch((error: unknown) =>
        desk.log.error('evidence was not fetched ahead', error),
      )
    return whole
  },
  'next-appeals': ({ limit, besides }) =>
    likelyNext(desk)
      .filter((id) => id !== besides)
      .slice(0, limit),
  'claim-appeal': ({ id }) => claimAppeal(desk, id),
  'return-appeal': async ({ id, reason }) => {
    await returnAppeal(desk, id, reason)
    return {}
  },
  'save-draft': ({ id, draft }) => {
    saveDraft(desk, id, draft)
    drafts.soon()
    return {}
  },
  'decide-appeal': (ask) => decideAppeal(desk, ask),
  'decide-many': (ask) => decideMany(desk, ask),
  'prolong-appeal': (ask) => prolongAppeal(desk, ask),
  'hand-over-appeal': (ask) => handOverAppeal(desk, ask),
  'assign-appeal': (ask) => assignAppeal(desk, ask),
  'withdraw-appeal': (ask) => withdrawAppeal(desk, ask),
  'revoke-decision': (ask) => revokeDecision(desk, ask),
  'revocation-effect': ({ id }) => revocationEffect(desk, id),
  'complain-appeal': (ask) => complainAppeal(desk, ask),
  'letter-preview': (ask) => previewLetter(desk, ask),
  'save-letter': (ask) => saveLetter(desk, ask),
  supervision: (ask) => supervision(desk, ask),
  'queue-views': () => queueViews(desk),
  'save-queue-views': ({ views }) => {
    saveQueueViews(desk, views)
    return {}
  },
  'take-back': ({ held }) => takeBack(desk, held),
  evidence: ({ id, sha256 }) => evidence(desk, id, sha256),
  'save-evidence': ({ id, target, copies }) => saveEvidence(desk, id, target, copies),
})
