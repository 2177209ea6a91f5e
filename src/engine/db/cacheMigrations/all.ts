import type { Migration } from '../migrate.ts'
import { MIRROR } from './0001-mirror.ts'
import { APPEAL_RECEIVED } from './0002-appealReceived.ts'
import { BLOCK_RUNS } from './0003-blockRuns.ts'
import { REGISTRY_SETTINGS } from './0010-registrySettings.ts'
import { BATCH_STEPS } from './0035-batchSteps.ts'
import { LISTING_ACTS } from './0040-listingActs.ts'
import { LISTING_TRAITS } from './0050-listingTraits.ts'
import { APPEAL_ACTS } from './0060-appealActs.ts'
import { REPORT_SUMMARIES } from './0070-reportSummaries.ts'
import { ACT_FIGURES } from './0071-actFigures.ts'
import { LISTING_FIGURES } from './0072-listingFigures.ts'
import { EVIDENCE_LOOKS } from './0080-evidenceLooks.ts'
import { DECISION_BATCHES } from './0081-decisionBatches.ts'
import { APPEAL_TEXT } from './0082-appealText.ts'
import { LISTING_ENTRIES } from './0090-listingEntries.ts'
import { RUN_PARTS } from './0092-runParts.ts'
import { VIOLATION_PAGES } from './0094-violationPages.ts'
import { NOTICE_QUERIES } from './0120-noticeQueries.ts'
import { BATCH_SPAN } from './0121-batchSpan.ts'
import { APPEAL_DECLARATIONS } from './0122-appealDeclarations.ts'

export const CACHE_MIGRATIONS: readonly Migration[] = [
  MIRROR,
  APPEAL_RECEIVED,
  BLOCK_RUNS,
  REGISTRY_SETTINGS,
  BATCH_STEPS,
  LISTING_ACTS,
  LISTING_TRAITS,
  APPEAL_ACTS,
  REPORT_SUMMARIES,
  ACT_FIGURES,
  LISTING_FIGURES,
  EVIDENCE_LOOKS,
  DECISION_BATCHES,
  APPEAL_TEXT,
  LISTING_ENTRIES,
  RUN_PARTS,
  VIOLATION_PAGES,
  NOTICE_QUERIES,
  BATCH_SPAN,
  APPEAL_DECLARATIONS,
]
