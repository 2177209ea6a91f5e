import type { Migration } from '../migrate.ts'
import { DESK } from './0001-desk.ts'
import { INSTALLATION } from './0010-installation.ts'
import { SHARED_DRAFTS } from './0060-sharedDrafts.ts'
import { SAVED_REPORTS } from './0070-savedReports.ts'
import { EVIDENCE_READINGS } from './0080-evidenceReadings.ts'
import { EVIDENCE_PREVIEWS } from './0090-evidencePreviews.ts'

/** Numbers below 100; those from 100 on belong to the batch feature. */
export const DESK_MIGRATIONS: readonly Migration[] = [
  DESK,
  INSTALLATION,
  SHARED_DRAFTS,
  SAVED_REPORTS,
  EVIDENCE_READINGS,
  EVIDENCE_PREVIEWS,
]
