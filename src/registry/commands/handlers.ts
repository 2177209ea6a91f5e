import { allowDesk } from './allowDesk.ts'
import {
  assignAppeal,
  complainAppeal,
  handOverAppeal,
  prolongAppeal,
  revokeDecision,
  withdrawAppeal,
} from './appealActs.ts'
import { claimAppeal } from './claimAppeal.ts'
import { decideCloneCase, openCloneCase, signCloneCase } from './clones.ts'
import { commitBatch } from './commitBatch.ts'
import { decideAppeal } from './decideAppeal.ts'
import { decideMany } from './decideMany.ts'
import type { Handlers } from './execute.ts'
import { issueNotices, recordDelivery } from './notices.ts'
import { grantOperator, issueOperatorFile, recordReceipt, setOperatorTemplate } from './operatorFiles.ts'
import { proposePolicy, signPolicy } from './policies.ts'
import { proposeBlockRun } from './proposeBlockRun.ts'
import { returnAppeal } from './returnAppeal.ts'
import { revokeDesk } from './revokeDesk.ts'
import { setOfficer } from './setOfficer.ts'
import { setSettings } from './setSettings.ts'
import { shareReport, unshareReport } from './shareReport.ts'
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
  'decide-many': decideMany,
  'prolong-appeal': prolongAppeal,
  'hand-over-appeal': handOverAppeal,
  'assign-appeal': assignAppeal,
  'withdraw-appeal': withdrawAppeal,
  'revoke-decision': revokeDecision,
  'complain-appeal': complainAppeal,
  'propose-blockrun': proposeBlockRun,
  'sign-blockrun': signBlockRun,
  'allow-desk': allowDesk,
  'revoke-desk': revokeDesk,
  'set-officer': setOfficer,
  'set-settings': setSettings,
  'open-clone-case': openCloneCase,
  'decide-clone-case': decideCloneCase,
  'sign-clone-case': signCloneCase,
  'issue-notices': issueNotices,
  'record-delivery': recordDelivery,
  'issue-operator-file': issueOperatorFile,
  'record-receipt': recordReceipt,
  'set-operator-template': setOperatorTemplate,
  'grant-operator': grantOperator,
  'propose-policy': proposePolicy,
  'sign-policy': signPolicy,
  'share-report': shareReport,
  'unshare-report': unshareReport,
}
