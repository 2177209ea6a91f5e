/**
 * A fact is what somebody reported about an IMEI. Facts are immutable; they live from the sequence number at which the
 * registry accepted their batch until the batch is undone or replaced.
 */

/** First 14 digits of an IMEI (TAC and serial) as a number; below 10^14, so exact. What everything is matched on. */
export type Imei14 = number

/** YYYY-MM-DD, the business date in UTC+5. */
export type IsoDate = string

/** UTC instant, ISO 8601 with Z. */
export type Instant = string

/** Registry sequence number: the only order there is. */
export type Seq = number

export const SOURCE_BODIES = [
  'customs',
  'police',
  'gsma',
  'ministry',
  'srfs',
  'manufacturer',
  'service-centre',
  'border-service',
  'kcell',
  'beeline',
  'tele2',
] as const
export type SourceBody = (typeof SOURCE_BODIES)[number]

export const OPERATORS = ['kcell', 'beeline', 'tele2'] as const
export type Operator = (typeof OPERATORS)[number]

export const FACT_KINDS = [
  'stolen',
  'counterfeit',
  'gsma-listed',
  'clone',
  'appeal-approved',
  'customs-declared',
  'manufacturer-registered',
  'service-centre',
  'legacy',
  'illegal-import',
  'not-verified-in-time',
  'second-imei-pending',
  'seen',
] as const
export type FactKind = (typeof FACT_KINDS)[number]

/** `remove` ends the same body's earlier facts of the same kind (a recovered phone, a GSMA removal). */
export type FactOp = 'add' | 'remove'

/** How an operator saw the device; only `home` starts a clock (domain: foreign SIM in roaming and M2M are exempt). */
export type Network = 'home' | 'roaming' | 'm2m'

export interface Fact {
  readonly kind: FactKind
  readonly op: FactOp
  readonly source: SourceBody
  /** Business date of what is reported: declaration, theft, first sighting, decision. */
  readonly date: IsoDate
  /** Id of the batch that brought it. */
  readonly batch: string
  /** Sequence number at which the batch was accepted; Infinity while it is only staged. */
  readonly seq: Seq
  readonly network?: Network
}
