import type { Appeal, ClaimField, ComparisonResult } from '../appeal.ts'
import type { IsoDate } from '../fact.ts'
import type { Listing } from '../listing.ts'

/** Names of what a comparison found; each has a text in `appeals.rule.<rule>`. */
export const COMPARE_RULES = [
  'imei-unusable',
  'imei-other-body',
  'imei-tac-known',
  'imei-tac-unknown',
  'imei-in-other-appeal',
  'model-agrees',
  'model-differs',
  'model-brand-only',
  'model-not-claimed',
  'model-tac-unknown',
  'owner-crossed',
  'owner-declared',
  'owner-not-declared',
  'owner-no-record',
  'owner-iin-impossible',
  'owner-iin-odd',
  'owner-name-agrees',
  'owner-name-differs',
  'owner-giver-crossed',
  'owner-other-crossed',
  'exit-recorded',
  'exit-differs',
  'exit-not-claimed',
  'entry-recorded',
  'entry-differs',
  'entry-not-claimed',
  'no-journey',
  'purchase-in-journey',
  'purchase-before-exit',
  'purchase-after-entry',
  'purchase-after-first-seen',
  'purchase-before-first-seen',
  'purchase-not-claimed',
  'purchase-no-record',
  'seen-after-entry',
  'seen-before-entry',
  'seen-after-purchase',
  'seen-before-purchase',
  'never-seen',
  'seen-no-claim',
  'declaration-agrees',
  'declaration-differs',
  'declaration-no-record',
  'declaration-quantity-left',
  'declaration-used-up',
  'declaration-not-claimed',
  'tracking-reused',
  'tracking-unused',
  'tracking-not-claimed',
  'receipt-reused',
  'receipt-unused',
  'receipt-not-claimed',
] as const
export type CompareRule = (typeof COMPARE_RULES)[number]

/** One line of the comparison: what is claimed, what the registry knows, and what follows. */
export interface Compared {
  readonly field: ClaimField
  readonly claim: string | null
  readonly fact: string | null
  readonly result: ComparisonResult
  readonly rule: CompareRule
}

/** What the registry knows about one claimed IMEI. */
export interface ImeiFacts {
  /** As claimed. */
  readonly imei: string
  /** False when it cannot be an IMEI. */
  readonly usable: boolean
  readonly listing: Listing
  /** Body that alone may unlist it, when not the ministry. */
  readonly owner: string | null
  readonly brand: string | null
  readonly model: string | null
  readonly firstSeen: IsoDate | null
  readonly declaration: string | null
  /** BIN or IIN that declared it. */
  readonly declaredBy: string | null
  /** Name on that declaration. */
  readonly declaredName: string | null
}

/** One stay abroad of the applicant, as the border recorded it; null: not recorded. */
export interface Journey {
  readonly exit: IsoDate | null
  readonly entry: IsoDate | null
  readonly document: string
  /** Found by the applicant himself, or only by the document his claim names (who brought a gift). */
  readonly by: 'applicant' | 'document'
}

/** What customs know of the claimed declaration, when not of the device itself. */
export interface DeclaredLine {
  /** Devices on it. */
  readonly quantity: number
  /** Other devices that draw on it: listed there by customs, or claimed by appeals. */
  readonly used: number
}

/** The same paper or IMEI in another appeal; of the same person only to know it, since he may own several phones. */
export interface Reuse {
  readonly what: 'evidence' | 'receipt' | 'crossing' | 'tracking' | 'imei' | 'person'
  readonly value: string
  readonly appeal: string
}

/** Everything a rule may look at. */
export interface Comparing {
  readonly appeal: Pick<Appeal, 'applicant' | 'claim' | 'route'>
  readonly imeis: readonly ImeiFacts[]
  readonly journeys: readonly Journey[]
  readonly reuse: readonly Reuse[]
  /** Null: no such declaration, or it names no quantity. */
  readonly declared: DeclaredLine | null
  /** Days by which an order of dates may be violated (policy). */
  readonly toleranceDays: number
  /** Letters by which a word of a name may differ (policy). */
  readonly nameDistance: number
}

/** Earliest day any IMEI of the device was seen in a network of Kazakhstan. */
export const firstSeenOf = (imeis: readonly ImeiFacts[]): IsoDate | null =>
  imeis
    .map((i) => i.firstSeen)
    .filter((d) => d !== null)
    .sort()[0] ?? null
