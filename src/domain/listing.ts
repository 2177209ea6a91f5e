import type { IsoDate } from './fact.ts'

/** `none`: on no list (unknown, or seen only in roaming or M2M); such a device is let through. */
export const LISTS = ['white', 'grey', 'black', 'none'] as const
export type List = (typeof LISTS)[number]

export const LISTING_REASONS = [
  'customs-declared',
  'manufacturer-registered',
  'service-centre',
  'legacy',
  'appeal-approved',
  'not-confirmed',
  'second-imei-pending',
  'illegal-import',
  'not-verified-in-time',
  'counterfeit',
  'stolen',
  'gsma-listed',
  'clone',
] as const
export type ListingReason = (typeof LISTING_REASONS)[number]

/** What the facts say about one IMEI under a policy. Computed, never typed in. */
export interface Listing {
  readonly list: List
  readonly reason: ListingReason | null
  /** Business date from which the listing holds; null on no list. */
  readonly since: IsoDate | null
  /** Last day to act, grey only. */
  readonly deadline: IsoDate | null
}

export const ON_NO_LIST: Listing = { list: 'none', reason: null, since: null, deadline: null }

export const sameListing = (a: Listing, b: Listing): boolean =>
  a.list === b.list && a.reason === b.reason && a.since === b.since && a.deadline === b.deadline

/** Past its deadline on `today`: still grey, only overdue; time alone never makes black. */
export const isOverdue = (l: Listing, today: IsoDate): boolean => l.deadline !== null && l.deadline < today
