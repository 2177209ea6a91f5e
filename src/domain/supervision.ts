import type { AppealStep } from './appeal.ts'
import { businessDate } from './businessDate.ts'
import { isWorkingDay, type WorkingCalendar } from './calendar.ts'
import type { Instant } from './fact.ts'
import { isDrawn } from './fourEyes.ts'
import type { Officer } from './officer.ts'

/** What a supervisor looks at: who does how much, how often officers agree, what was reversed, and what is out of the ordinary. */

/** One step of one appeal. */
export interface WorkStep {
  readonly appeal: string
  readonly at: Instant
  readonly what: AppealStep
  readonly officer: string | null
}

export interface OfficerWork {
  readonly officer: string
  readonly approved: number
  readonly refused: number
  readonly asked: number
  readonly referred: number
  readonly returned: number
  /** Proposals a second officer signed, and those he sent back. */
  readonly signed: number
  readonly sentBack: number
  /** Decisions that he withdrew, or that a complaint turned into an approval. */
  readonly reversed: number
  /** Approvals at night or on a day off. */
  readonly atOddHours: number
  /** Median minutes from taking an appeal to deciding it; null when nothing was decided. */
  readonly minutes: number | null
}

const DECISIONS: readonly AppealStep[] = ['approved', 'proposed', 'preliminary', 'rejected', 'asked', 'referred']
/** Office hours begin and end (UTC+5); between them nothing is odd on a working day. */
const DAY_FROM = 7
const DAY_TO = 21

/** True outside office hours or on a day off, by Kazakhstan's clock. */
export function isOddHour(at: Instant, calendar: WorkingCalendar): boolean {
  const hour = new Date(Date.parse(at) + 5 * 3_600_000).getUTCHours()
  return hour < DAY_FROM || hour >= DAY_TO || !isWorkingDay(businessDate(at), calendar)
}

/** What each officer did within some steps; they come by appeal, in order of time. */
export function workOf(steps: readonly WorkStep[], calendar: WorkingCalendar): readonly OfficerWork[] {
  const tallies = new Map<string, Tally>()
  const of = (officer: string): Tally => {
    const known = tallies.get(officer) ?? newTally()
    tallies.set(officer, known)
    return known
  }
  for (const one of byAppeal(steps)) tallyAppeal(one, of, calendar)
  return [...tallies]
    .map(([officer, { minutes, ...counts }]) => ({ officer, ...counts, minutes: median(minutes) }))
    .sort((a, b) => b.approved + b.refused - (a.approved + a.refused) || (a.officer < b.officer ? -1 : 1))
}

type Tally = { -readonly [K in Exclude<keyof OfficerWork, 'officer' | 'minutes'>]: number } & { minutes: number[] }
const newTally = (): Tally => ({
  ...{ approved: 0, refused: 0, asked: 0, referred: 0, returned: 0, signed: 0, sentBack: 0, reversed: 0 },
  atOddHours: 0,
  minutes: [],
})

function tallyAppeal(steps: readonly WorkStep[], of: (officer: string) => Tally, calendar: WorkingCalendar): void {
  let proposer: string | null = null
  let refuser: string | null = null
  let claimedAt: Instant | null = null
  let complained = false
  /** Who made the approval that stands. */
  let approver: string | null = null
  for (const { at, what, officer } of steps) {
    const own = officer ? of(officer) : null
    if (what === 'claimed') claimedAt = at
    if (what === 'complained') complained = true
    if (what === 'returned' && own) own.returned++
    // an approval is taken back by others than who made it
    if (what === 'revoked') {
      const reversed = approver ? of(approver) : own
      if (reversed) reversed.reversed++
    }
    if (what === 'approved') approver = proposer ?? officer
    else if (what === 'revoked' || DECISIONS.includes(what)) approver = null
    if (what === 'sent-back' && proposer) of(proposer).sentBack++
    // the signature under a proposal tells as an approval by the second officer
    const isSignature = what === 'approved' && proposer !== null && proposer !== officer
    if (isSignature && proposer) of(proposer).signed++
    if (what === 'approved' && complained && refuser) of(refuser).reversed++
    if (DECISIONS.includes(what) && own && !isSignature) {
      if (what === 'approved' || what === 'proposed') {
        own.approved++
        if (isOddHour(at, calendar)) own.atOddHours++
      } else if (what === 'asked') own.asked++
      else if (what === 'referred') own.referred++
      else if (what === 'rejected' || what === 'preliminary') own.refused++
      if (claimedAt) own.minutes.push(Math.round((Date.parse(at) - Date.parse(claimedAt)) / 60_000))
      claimedAt = null
    }
    if (what === 'rejected') refuser = officer
    proposer = what === 'proposed' ? officer : what === 'approved' || what === 'sent-back' ? null : proposer
  }
}

function* byAppeal(steps: readonly WorkStep[]): Generator<readonly WorkStep[]> {
  let group: WorkStep[] = []
  for (const step of steps) {
    if (group.length > 0 && group[0]?.appeal !== step.appeal) {
      yield group
      group = []
    }
    group.push(step)
  }
  if (group.length > 0) yield group
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

/** An approval with what it rested on. */
export interface ApprovedFor {
  readonly appeal: string
  readonly officer: string
  readonly applicant: string
  readonly seller: string | null
}

export const PATTERNS = ['odd-hours', 'one-seller', 'one-applicant', 'officer-and-seller'] as const
/** Something out of the ordinary: it proves nothing and asks for a look. */
export interface Pattern {
  readonly pattern: (typeof PATTERNS)[number]
  readonly who: string
  readonly with: string | null
  readonly count: number
}

/** From so many on something is worth a look. */
const SEVERAL = { 'odd-hours': 3, 'one-seller': 5, 'one-applicant': 4, 'officer-and-seller': 3 } as const

/** What is out of the ordinary among the approvals of a period, the most frequent first. */
export function patternsIn(work: readonly OfficerWork[], approvals: readonly ApprovedFor[]): readonly Pattern[] {
  const found: Pattern[] = work
    .filter((w) => w.atOddHours >= SEVERAL['odd-hours'])
    .map((w) => ({ pattern: 'odd-hours', who: w.officer, with: null, count: w.atOddHours }))
  const count = (
    pattern: Pattern['pattern'],
    pairs: readonly (readonly [who: string, other: string | null])[],
  ): void => {
    const counts = new Map<string, number>()
    for (const pair of pairs) counts.set(JSON.stringify(pair), (counts.get(JSON.stringify(pair)) ?? 0) + 1)
    for (const [key, n] of counts) {
      const [who, other] = JSON.parse(key) as [string, string | null]
      if (n >= SEVERAL[pattern]) found.push({ pattern, who, with: other, count: n })
    }
  }
  const sold = approvals.flatMap((a) => (a.seller ? [{ ...a, seller: a.seller }] : []))
  count(
    'one-seller',
    sold.map((a) => [a.seller, null] as const),
  )
  count(
    'one-applicant',
    approvals.map((a) => [a.applicant, null] as const),
  )
  count(
    'officer-and-seller',
    sold.map((a) => [a.officer, a.seller] as const),
  )
  return found.sort((a, b) => b.count - a.count)
}

/** Share of settled appeals that are looked at again for quality, and most of them. */
const QUALITY_SHARE = 0.05
const QUALITY_MOST = 30

/** Appeals of a period to be looked at again: drawn by lot, the same ones whoever asks; where few were settled a larger share, so that one is. */
export function qualitySample(appeals: readonly string[], period: string): readonly string[] {
  for (let share = QUALITY_SHARE; appeals.length > 0; share = Math.min(1, 2 * share)) {
    const drawn = appeals.filter((id) => isDrawn(id, `quality ${period}`, share))
    if (drawn.length > 0) return drawn.slice(0, QUALITY_MOST)
  }
  return []
}

/** Who may look at the work of others. */
export const mayOversee = ({ role }: Officer): boolean => role === 'approver' || role === 'auditor' || role === 'admin'
