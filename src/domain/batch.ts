import { type Effect, touchesBlack } from './effect.ts'
import type { FactKind, SourceBody } from './fact.ts'
import type { Policy } from './policy.ts'

/** Kinds of file an officer imports. */
export const IMPORT_KINDS = ['customs', 'operator', 'stolen', 'counterfeit', 'gsma', 'legacy', 'tac', 'border'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Decisions, block runs and what other bodies report bring facts too, so they are batches of their own. */
export const BATCH_KINDS = [
  ...IMPORT_KINDS,
  'manufacturer',
  'service-centre',
  'second-imei',
  'clone',
  'decision',
  'blockrun',
  'illegal-import',
] as const
export type BatchKind = (typeof BATCH_KINDS)[number]

export const BATCH_STATES = [
  'staged',
  'awaiting-signature',
  'queued',
  'committed',
  'same',
  'undone',
  'refused',
] as const
export type BatchState = (typeof BATCH_STATES)[number]

/** Whether a batch of this kind can be withdrawn: imported lists and block runs. A decision is changed by a decision only. */
export const isUndoable = (kind: BatchKind): boolean =>
  kind === 'blockrun' || (IMPORT_KINDS as readonly BatchKind[]).includes(kind)

/** The kind of fact each row of a batch brings; null: rows of another sort (TAC table, border crossings). */
export const FACT_OF_BATCH: Readonly<Record<BatchKind, FactKind | null>> = {
  customs: 'customs-declared',
  operator: 'seen',
  stolen: 'stolen',
  counterfeit: 'counterfeit',
  gsma: 'gsma-listed',
  legacy: 'legacy',
  tac: null,
  border: null,
  manufacturer: 'manufacturer-registered',
  'service-centre': 'service-centre',
  'second-imei': 'second-imei-pending',
  clone: 'clone',
  decision: 'appeal-approved',
  blockrun: 'not-verified-in-time',
  'illegal-import': 'illegal-import',
}

/** The body a kind of list comes from unless the officer names another. */
export const DEFAULT_SOURCE: Readonly<Record<BatchKind, SourceBody>> = {
  customs: 'customs',
  operator: 'kcell',
  stolen: 'police',
  counterfeit: 'srfs',
  gsma: 'gsma',
  legacy: 'srfs',
  tac: 'gsma',
  border: 'border-service',
  manufacturer: 'manufacturer',
  'service-centre': 'service-centre',
  'second-imei': 'srfs',
  clone: 'ministry',
  decision: 'ministry',
  blockrun: 'ministry',
  'illegal-import': 'customs',
}

/** Counts of an import; rows = accepted + rejected always holds (desk-cli, "Counts of an import"). */
export interface RowCounts {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  /** Of the rejected: those whose key occurred earlier in the file. */
  readonly duplicates: number
  /** Rows with that code, errors and warnings. */
  readonly problems: Readonly<Record<string, number>>
  /** Distinct accepted IMEIs. */
  readonly imeis: number
}

/**
 * Whether an act on listings waits for a second officer: anything into or out of black, or more IMEIs off grey than the policy
 * allows one officer to move.
 */
export const needsSecondSignature = (effect: Effect, offGrey: number, policy: Policy): boolean =>
  touchesBlack(effect) || offGrey > policy.secondSignatureOffGrey
