import type { AppealRules } from './appealRules.ts'
import { addDays } from './businessDate.ts'
import type { CalendarYear } from './calendar.ts'
import type { CheckPolicy } from './checks/checkPolicy.ts'
import type { Fact, FactKind, IsoDate } from './fact.ts'
import { type Listing, type ListingReason, ON_NO_LIST } from './listing.ts'

/** A versioned document of the ministry. Every number and date of the regime is here, none in code. */
export interface Policy {
  readonly version: number
  readonly name: string
  readonly validFrom: IsoDate
  readonly signedBy: string
  /** Devices first seen in a home network before this day are white (`legacy`). */
  readonly legacyCutOff: IsoDate
  /** Calendar days from first registration to the last day to act. */
  readonly graceDays: number
  /** No deadline falls before this day (phased start of blocking). */
  readonly earliestDeadline: IsoDate
  /** Highest first. */
  readonly precedence: readonly RuleName[]
  /** Days by which the comparison exit ≤ purchase ≤ entry ≤ first seen may be violated. */
  readonly dateToleranceDays: number
  /** Shares and counts at which an import is refused unless accepted by code. */
  readonly guards: { readonly badRowsShare: number; readonly fullListShare: number }
  /** Moves off grey in one batch beyond which a second officer must sign. */
  readonly secondSignatureOffGrey: number
  readonly appeal: {
    readonly workingDays: number
    readonly hearingNoticeWorkingDays: number
    readonly leaseMinutes: number
    /** An officer may claim by number, not only the next one. */
    readonly claimById: boolean
    /** Terms and limits of `appealRules`; earlier policies do not name them. */
    readonly rules?: { readonly [K in keyof AppealRules]?: AppealRules[K] | undefined } | undefined
  }
  /** Years of the working calendar that this version sets (`calendarOf`); earlier policies name none. */
  readonly calendar?: readonly CalendarYear[] | undefined
  readonly feeTenge: number
  /** Hours a desk may work without the registry before it turns read-only. */
  readonly offlineHours: number
  /** Limits of block runs (`runLimits`); earlier policies do not name them. */
  readonly blockRun?: RunPolicy | undefined
  /** Warnings to holders of grey devices (`noticeRules`); earlier policies do not name them. */
  readonly notices?: { readonly reminderDays: number } | undefined
  /** A device not seen for longer starts a new clock when it is seen again (a visitor's second stay); 0 or absent: never. */
  readonly newClockAfterDays?: number | undefined
  /**
   * From how many subscribers in a day an IMEI is suspected to be cloned; and from how many kilometres between two of them on one day (0:
   * distance suspects nobody; earlier policies do not name it).
   */
  readonly clones?: { readonly subscribersADay: number; readonly distantKm?: number | undefined } | undefined
  /** Days the registry keeps raw observations of subscribers. */
  readonly sightingDays?: number | undefined
  /** Days an operator has to block; whoever is seen later is a violation. */
  readonly daysToBlock?: number | undefined
  /** Levels and limits of the checks of imported files where they are not the rules' own. */
  readonly checks?: CheckPolicy | undefined
}

/** How block runs are made; `warning`: which IMEIs are held because their holder was not warned. */
export interface RunPolicy {
  readonly cap: number
  readonly holdsPerDevice: number
  /** `off`: none; `failed` (default): a warning was issued and not delivered; `required`: none was delivered. */
  readonly warning?: 'off' | 'failed' | 'required' | undefined
  /** Last day of an amnesty: no run is proposed or signed up to it. */
  readonly amnestyUntil?: IsoDate | undefined
}

export const RULES = [
  'stolen',
  'counterfeit',
  'gsma-listed',
  'clone',
  'appeal-approved',
  'customs-declared',
  'manufacturer-registered',
  'service-centre',
  'legacy',
  'not-verified-in-time',
  'illegal-import',
  'grey',
] as const
export type RuleName = (typeof RULES)[number]

/** One step of the explanation. `because` is a key of the language files (`listing.because.<key>`) with its values. */
export interface RuleStep {
  readonly rule: RuleName
  readonly fired: boolean
  readonly because: { readonly key: BecauseKey; readonly details: Readonly<Record<string, string | number>> }
}
export type BecauseKey =
  | 'fact'
  | 'no-fact'
  | 'released'
  | 'outranked'
  | 'seen-before-cut-off'
  | 'seen-after-cut-off'
  | 'first-seen'
  | 'never-seen'
  | 'seen-exempt-only'

export interface Explained {
  readonly listing: Listing
  readonly rules: readonly RuleStep[]
}

interface Live {
  readonly fact: Fact | undefined
  readonly released: Fact | undefined
}

const byTime = (a: Fact, b: Fact): number =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : a.seq - b.seq || (a.op === b.op ? 0 : a.op === 'add' ? -1 : 1)

/**
 * The fact of a kind that holds: the earliest `add` no later `remove` of the same body ended. Facts of several bodies stand apart,
 * since only the body that listed may unlist.
 */
function live(facts: readonly Fact[], kind: FactKind): Live {
  let fact: Fact | undefined
  let released: Fact | undefined
  for (const add of facts) {
    if (add.kind !== kind || add.op !== 'add') continue
    let ended: Fact | undefined
    for (const r of facts)
      if (r.kind === kind && r.op === 'remove' && r.source === add.source && byTime(add, r) <= 0) ended = r
    if (ended) released = ended
    else if (!fact || byTime(add, fact) < 0) fact = add
  }
  return { fact, released }
}

const DIRECT: Readonly<Record<Exclude<RuleName, 'legacy' | 'grey'>, Listing['list']>> = {
  stolen: 'black',
  counterfeit: 'black',
  'gsma-listed': 'black',
  clone: 'black',
  'appeal-approved': 'white',
  'customs-declared': 'white',
  'manufacturer-registered': 'white',
  'service-centre': 'white',
  'not-verified-in-time': 'black',
  'illegal-import': 'black',
}

const listed = (list: Listing['list'], reason: ListingReason, since: IsoDate, deadline: IsoDate | null = null) =>
  ({ list, reason, since, deadline }) satisfies Listing

const isHomeSighting = (f: Fact): boolean => f.kind === 'seen' && f.op === 'add' && (f.network ?? 'home') === 'home'

/** Start of the clock: the first sighting, or that of the latest stay where the policy gives a second stay a clock of its own. */
function clockStart(facts: readonly Fact[], first: IsoDate, gap: number): IsoDate {
  if (gap <= 0) return first
  const dates = facts.filter(isHomeSighting).map((f) => f.date)
  let start = first
  let last = first
  for (const date of dates.sort()) {
    if (addDays(last, gap) < date) start = date
    last = date
  }
  return start
}

/** First sighting in a home network; roaming and M2M start no clock. */
export function firstSeen(facts: readonly Fact[]): IsoDate | null {
  let first: IsoDate | null = null
  for (const f of facts) if (isHomeSighting(f) && (first === null || f.date < first)) first = f.date
  return first
}

function fire(rule: RuleName, facts: readonly Fact[], policy: Policy): Listing | RuleStep['because'] {
  if (rule === 'legacy') {
    const { fact } = live(facts, 'legacy')
    if (fact) return listed('white', 'legacy', fact.date)
    const seen = firstSeen(facts)
    if (seen === null) return { key: 'no-fact', details: {} }
    return seen < policy.legacyCutOff
      ? listed('white', 'legacy', seen)
      : { key: 'seen-after-cut-off', details: { date: seen, cutOff: policy.legacyCutOff } }
  }
  if (rule === 'grey') {
    const first = firstSeen(facts)
    if (first === null)
      return { key: facts.some((f) => f.kind === 'seen') ? 'seen-exempt-only' : 'never-seen', details: {} }
    const seen = clockStart(facts, first, policy.newClockAfterDays ?? 0)
    const due = addDays(seen, policy.graceDays)
    const deadline = due < policy.earliestDeadline ? policy.earliestDeadline : due
    const second = live(facts, 'second-imei-pending').fact
    return listed('grey', second ? 'second-imei-pending' : 'not-confirmed', seen, deadline)
  }
  const { fact, released } = live(facts, rule)
  if (fact) return listed(DIRECT[rule], rule, fact.date)
  return released
    ? { key: 'released', details: { source: released.source, date: released.date } }
    : { key: 'no-fact', details: {} }
}

const isListing = (x: Listing | RuleStep['because']): x is Listing => 'list' in x

/**
 * The listing that live facts give an IMEI under a policy. Pure and total; the order of the facts never matters and no date enters:
 * time alone never changes a list. Source of the precedence: domain.md, "Status is computed".
 */
export function listingOf(facts: readonly Fact[], policy: Policy): Listing {
  if (facts.length === 0) return ON_NO_LIST
  for (const rule of policy.precedence) {
    const r = fire(rule, facts, policy)
    if (isListing(r)) return r
  }
  return ON_NO_LIST
}

/** The same, with every rule in order and why it did or did not decide. */
export function explainListing(facts: readonly Fact[], policy: Policy): Explained {
  let listing: Listing | undefined
  let winner: RuleName | undefined
  const rules: RuleStep[] = []
  for (const rule of policy.precedence) {
    const r = fire(rule, facts, policy)
    if (!isListing(r)) rules.push({ rule, fired: false, because: r })
    else if (listing) rules.push({ rule, fired: false, because: { key: 'outranked', details: { by: winner ?? '' } } })
    else {
      listing = r
      winner = rule
      rules.push({ rule, fired: true, because: firedBecause(rule, r, facts) })
    }
  }
  return { listing: listing ?? ON_NO_LIST, rules }
}

function firedBecause(rule: RuleName, l: Listing, facts: readonly Fact[]): RuleStep['because'] {
  if (rule === 'grey') return { key: 'first-seen', details: { date: l.since ?? '', deadline: l.deadline ?? '' } }
  const fact = rule === 'legacy' ? live(facts, 'legacy').fact : live(facts, rule).fact
  return fact
    ? { key: 'fact', details: { source: fact.source, date: fact.date } }
    : { key: 'seen-before-cut-off', details: { date: l.since ?? '' } }
}
