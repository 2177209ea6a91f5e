import type { ImportKind } from '../batch.ts'
import type { Fact, FactOp, Imei14, IsoDate, SourceBody } from '../fact.ts'
import type { Listing } from '../listing.ts'
import type { BatchField } from './batchField.ts'
import type { CheckRule } from './rule.ts'

/** A fact the desk knows, with its place: batch by the registry's number, document, next IMEI of the same device (0: none). */
export interface KnownFact extends Fact {
  readonly no: number
  readonly doc: number
  readonly next: Imei14
}

/** What a file says of one IMEI. */
export interface ReportedImei {
  readonly imei14: Imei14
  readonly kind: ImportKind
  readonly source: SourceBody
  readonly op: FactOp
  readonly date: IsoDate
}

/** What the desk knew of it before: live facts that this file does not replace, and the listing they give. */
export interface KnownImei {
  readonly facts: readonly KnownFact[]
  readonly listing: Listing
}

/** Looks up what is needed of few IMEIs only. */
export interface Recollection {
  /** `data` of a known fact's document. */
  dataOf(fact: KnownFact): Readonly<Record<string, unknown>>
  /** `data` of the document that the file reports this IMEI in. */
  reported(): Readonly<Record<string, unknown>>
  /** All IMEIs of the device in the file, this one too. */
  device(): readonly Imei14[]
  /** All IMEIs of the device as a known fact reports it, this one too. */
  deviceOf(fact: KnownFact): readonly Imei14[]
}

export type HistoryDetails = Readonly<Record<string, string | number>>

/**
 * A rule that holds a row against what the desk knows from before. Asked only about IMEIs of which something is known (and about
 * removals), so that a million new ones cost nothing. Pure; null: nothing to say.
 */
export interface HistoryRule<Code extends string = string> extends CheckRule<Code> {
  readonly scope: 'history'
  readonly field: BatchField
  find(
    row: ReportedImei,
    known: KnownImei,
    recall: Recollection,
    limit: (name: string) => number,
  ): HistoryDetails | null
}

export const historyRule = <const R extends HistoryRule>(r: R): R => r
