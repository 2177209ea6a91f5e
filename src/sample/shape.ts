import type { Appeal, EvidenceFile } from '../domain/appeal.ts'
import type { BatchKind } from '../domain/batch.ts'
import type { FactOp, Imei14, Instant, IsoDate, Network, Operator, SourceBody } from '../domain/fact.ts'
import type { Officer } from '../domain/officer.ts'

/** What rows of a batch share; fits the `doc` rows of a segment, `data` still an object. */
export interface SampleDoc {
  readonly op: FactOp
  readonly date: IsoDate
  /** Batches of kind `operator` only. */
  readonly network: Network | null
  readonly data: Readonly<Record<string, string | number>>
}

/** One IMEI of a batch. `doc` counts from 0 in `docs`; `next` is another IMEI of the same device in this batch (ring, 0 = none). */
export interface SampleFact {
  readonly imei14: Imei14
  readonly doc: number
  readonly next: Imei14
}

export interface SampleTac {
  readonly tac: number
  readonly brand: string
  readonly model: string
  readonly data: Readonly<Record<string, string | number>>
}

/** `person` as `personOf` writes it, `document` is the travel document. */
export interface SampleCrossing {
  readonly person: string
  readonly date: IsoDate
  readonly direction: 'entry' | 'exit'
  readonly document: string
  readonly point: string
}

/** Who brought a batch, when and from which file. */
export interface SampleBatchHead {
  readonly kind: BatchKind
  readonly source: SourceBody
  /** Officer of the sample directory. */
  readonly by: string
  /** Second officer, where the effect touches black or is large; else empty. */
  readonly signedBy: readonly string[]
  /** When the registry accepted it. */
  readonly at: Instant
  readonly letter: string
  readonly file: string
}

/** A batch with all its rows: `facts` ascending by `imei14`; `tacs` and `crossings` only in batches of these kinds. */
export interface SampleBatch extends SampleBatchHead {
  readonly docs: readonly SampleDoc[]
  readonly facts: readonly SampleFact[]
  readonly tacs: readonly SampleTac[]
  readonly crossings: readonly SampleCrossing[]
}

/** Evidence with its bytes; hash and size are those of the bytes. */
export interface DrawnFile extends EvidenceFile {
  readonly content: Uint8Array
}

/**
 * An appeal as the registry holds it at the end of the sample's history, still without `evidence`: that is drawn by
 * `drawEvidence`. `version` = number of entries of the time line.
 */
export interface SampleAppeal {
  readonly appeal: Omit<Appeal, 'evidence'>
  /** What the drawn papers show and where they differ from the claim. */
  readonly papers: readonly Paper[]
  readonly story: Story
}

/** Why an appeal is in the sample; `clean…` agree in everything, the others contradict as named. */
export type Story =
  | 'clean-black'
  | 'clean-grey'
  | 'border-date'
  | 'no-crossing'
  | 'ordered-before-journey'
  | 'seen-before-entry'
  | 'wrong-model'
  | 'receipt-reused'
  | 'receipt-of-another-imei'
  | 'owner-differs'
  | 'tracking-overused'
  | 'declaration-unknown'
  | 'stolen'
  | 'gsma-listed'
  | 'counterfeit'
  | 'illegal-import'
  | 'sibling-pending'
  | 'sibling-overdue'
  | 'photo-of-another-phone'
  | 'filed-again'

/** One paper to draw: everything printed on it. */
export interface Paper {
  readonly file: string
  readonly shows: EvidenceFile['shows']
  readonly form:
    | 'till-receipt'
    | 'web-receipt'
    | 'stamp-page'
    | 'crossing-certificate'
    | 'passenger-declaration'
    | 'express-declaration'
    | 'parcel-label'
    | 'phone-photo'
    | 'box-label'
    | 'service-act'
    | 'seller-invoice'
    | 'gift-statement'
    | 'sale-agreement'
  readonly type: 'image/png' | 'image/jpeg' | 'application/pdf'
  /** Texts of the form by field name. */
  readonly fields: Readonly<Record<string, string>>
  /** Start of noise, tilt and smudges. */
  readonly seed: number
}

/** In order of `at`; load it front to back. */
export type SampleEvent =
  | { readonly type: 'batch'; readonly at: Instant; readonly batch: SampleBatch }
  | { readonly type: 'appeal'; readonly at: Instant; readonly appeal: SampleAppeal }

/** One subscriber with one device on one day, as an operator saw them; all made up. */
export interface SampleObservation {
  readonly operator: Operator
  readonly imei14: Imei14
  readonly day: IsoDate
  readonly imsi: string
  readonly msisdn: string
  readonly rat: string
  readonly network: Network
  readonly region: string
}

export interface SmallSample {
  readonly officers: readonly Officer[]
  readonly history: readonly SampleEvent[]
  /** Raw observations: the registry alone keeps them. */
  readonly observations: readonly SampleObservation[]
}

/** A batch too large to hold: docs known, rows streamed; calling `rows` again gives the same rows. */
export interface StreamedBatch extends SampleBatchHead {
  readonly docs: readonly SampleDoc[]
  readonly tacs: readonly SampleTac[]
  readonly count: number
  rows(): Generator<SampleFact>
}

export interface NationalSample {
  readonly officers: readonly Officer[]
  readonly counts: { readonly black: number; readonly grey: number; readonly white: number }
  readonly batches: readonly StreamedBatch[]
}
