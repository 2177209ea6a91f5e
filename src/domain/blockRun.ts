import type { Fact, Imei14, Instant, IsoDate } from './fact.ts'
import { imei14Text } from './imei.ts'
import { isOverdue, type Listing } from './listing.ts'
import { isUnwarned, type NoticeState } from './notice.ts'
import { may, type Officer } from './officer.ts'
import { listingOf, type Policy, type RuleName } from './policy.ts'
import { done, type Outcome, refused } from './problem.ts'

/**
 * A block run carries overdue grey IMEIs to black. Time alone never makes black (domain.md): a run is proposed by an officer, signed by
 * two different approvers, and judged anew at each signature; what changed since drops out, nothing is ever added to it.
 */

/** `empty`: everything dropped out, or there was nothing to block. */
export const RUN_STATES = ['awaiting-signature', 'committed', 'declined', 'empty', 'undone'] as const
export type RunState = (typeof RUN_STATES)[number]

/** Signatures of different approvers that a run needs. */
export const SIGNATURES_OF_RUN = 2
/** A run names each of its IMEIs to every desk, so no policy lets it grow beyond this. */
export const MOST_IN_RUN = 200_000

/** Limits of block runs under a policy; policies of before this parameter existed have the default ones. */
export interface RunLimits {
  /** Most IMEIs one run may block, the longest overdue first; the rest is for a later run. */
  readonly cap: number
  /** How many appeals about a device hold it, in order of receipt (domain: "only once a device"). */
  readonly holdsPerDevice: number
}
const DEFAULT_LIMITS: RunLimits = { cap: 100_000, holdsPerDevice: 1 }

export const runLimits = (policy: Policy): RunLimits => {
  const { cap, holdsPerDevice } = policy.blockRun ?? DEFAULT_LIMITS
  return { cap: Math.min(cap, MOST_IN_RUN), holdsPerDevice }
}

/** What a run is judged by. */
export interface RunRules {
  readonly policy: Policy
  /** Business date of the judgement. */
  readonly today: IsoDate
  /** Deadlines up to this day. */
  readonly until: IsoDate
  /** A part of what is due only: at most so many, IMEIs that begin so. */
  readonly part?: RunPart | undefined
}

export interface RunPart {
  readonly most?: number | undefined
  readonly prefix?: string | undefined
}

const inPart = (imei14: Imei14, part: RunPart | undefined): boolean =>
  part?.prefix === undefined || imei14Text(imei14).startsWith(part.prefix)

/** Last day of the policy's amnesty while it lasts, else null. */
export const amnestyUntil = ({ policy, today }: Pick<RunRules, 'policy' | 'today'>): IsoDate | null => {
  const date = policy.blockRun?.amnestyUntil
  return date !== undefined && today <= date ? date : null
}

/** No run is proposed or signed while an amnesty of the policy lasts. Refused: `run-amnesty`. */
export const noAmnesty = (rules: Pick<RunRules, 'policy' | 'today'>): Outcome<true> => {
  const date = amnestyUntil(rules)
  return date === null ? done(true) : refused('run-amnesty', { date })
}

/** A live fact with another IMEI of the same device, 0 for none. */
export type LinkedFact = Fact & { readonly next: Imei14 }

/** An appeal about an IMEI. */
export interface RunAppeal {
  readonly id: string
  readonly open: boolean
  readonly receivedAt: Instant
  /** A complaint against its decision is under way. */
  readonly complaint?: boolean
}

/** Why white evidence speaks against blocking an overdue grey IMEI. */
export const CONFLICTS = ['white-fact', 'second-imei', 'device-white'] as const
export type Conflict = (typeof CONFLICTS)[number]
/** Why an IMEI is no matter for a run at all. */
export const OUTSIDE = ['not-grey', 'not-overdue', 'after-until'] as const
export type Outside = (typeof OUTSIDE)[number]

export type RunVerdict =
  | { readonly kind: 'block' }
  | { readonly kind: 'held'; readonly appeal: string }
  | { readonly kind: 'unwarned' }
  | { readonly kind: 'conflict'; readonly why: Conflict }
  | { readonly kind: 'outside'; readonly why: Outside }

/** What is known of the candidates and of the other IMEIs of their devices. */
export interface RunKnowledge {
  readonly facts: ReadonlyMap<Imei14, readonly LinkedFact[]>
  readonly appeals: ReadonlyMap<Imei14, readonly RunAppeal[]>
  /** How the warnings about an IMEI stand. */
  readonly warnings?: ReadonlyMap<Imei14, readonly NoticeState[]>
}

const WHITE_RULES: readonly RuleName[] = [
  'appeal-approved',
  'customs-declared',
  'manufacturer-registered',
  'service-centre',
  'legacy',
]

/** White by a fact that the precedence of the policy ranks below grey. */
const hasWhiteFact = (facts: readonly Fact[], policy: Policy): boolean =>
  listingOf(facts, { ...policy, precedence: WHITE_RULES }).list === 'white'

/** Other IMEIs of the device as live facts report them; facts link a device's IMEIs in rings, so following them finds all. */
export function deviceMates(imei14: Imei14, facts: RunKnowledge['facts']): readonly Imei14[] {
  const found = new Set([imei14])
  for (const at of found) for (const { next } of facts.get(at) ?? []) if (next > 0) found.add(next)
  found.delete(imei14)
  return [...found]
}

/** The open appeal that holds a device: one with a complaint, else among its first appeals as many as the policy lets hold. */
export function holdingAppeal(appeals: readonly RunAppeal[], limits: RunLimits): string | null {
  const once = new Map(appeals.map((a) => [a.id, a]))
  const inOrder = [...once.values()].sort((a, b) =>
    a.receivedAt < b.receivedAt ? -1 : a.receivedAt > b.receivedAt ? 1 : a.id < b.id ? -1 : 1,
  )
  const complained = inOrder.find((a) => a.open && a.complaint)
  return (complained ?? inOrder.slice(0, limits.holdsPerDevice).find((a) => a.open))?.id ?? null
}

const outside = (l: Listing, { today, until }: RunRules): Outside | null =>
  l.list !== 'grey'
    ? 'not-grey'
    : !isOverdue(l, today)
      ? 'not-overdue'
      : (l.deadline ?? '') > until
        ? 'after-until'
        : null

/**
 * What a run does with an IMEI: block it only when it is grey, past its deadline, not held by an open appeal about its device or a
 * warning that did not arrive, and no white evidence about it or its device speaks against that. Pure; `known` must hold the IMEI and its device mates.
 */
export function judgeForRun(imei14: Imei14, known: RunKnowledge, rules: RunRules): RunVerdict {
  const { policy } = rules
  const facts = known.facts.get(imei14) ?? []
  const listing = listingOf(facts, policy)
  const out = outside(listing, rules)
  if (out) return { kind: 'outside', why: out }
  const mates = deviceMates(imei14, known.facts)
  const appeals = [imei14, ...mates].flatMap((at) => known.appeals.get(at) ?? [])
  const appeal = holdingAppeal(appeals, runLimits(policy))
  if (appeal !== null) return { kind: 'held', appeal }
  if (isUnwarned(known.warnings?.get(imei14) ?? [], policy)) return { kind: 'unwarned' }
  if (hasWhiteFact(facts, policy)) return { kind: 'conflict', why: 'white-fact' }
  if (listing.reason === 'second-imei-pending') return { kind: 'conflict', why: 'second-imei' }
  const isWhite = mates.some((at) => listingOf(known.facts.get(at) ?? [], policy).list === 'white')
  return isWhite ? { kind: 'conflict', why: 'device-white' } : { kind: 'block' }
}

/** Why a run leaves an overdue IMEI for later: an appeal is open, or its holder was not warned. */
export const HELD_BY = ['held', 'warning'] as const
export type HeldBy = (typeof HELD_BY)[number]
export const isHeldBy = (why: string): why is HeldBy => (HELD_BY as readonly string[]).includes(why)

export interface Held {
  readonly imei14: Imei14
  /** The appeal that holds it; null: its holder was not warned. */
  readonly appeal: string | null
}
export interface Conflicting {
  readonly imei14: Imei14
  readonly why: Conflict
}
/** An IMEI that left a run because something changed after it was proposed. */
export interface Dropped {
  readonly imei14: Imei14
  readonly why: Outside | Conflict | HeldBy
  readonly appeal: string | null
}

/** A run being gathered from candidates, the longest overdue first, until its cap is reached. */
export class RunDraft {
  readonly block: Imei14[] = []
  readonly held: Held[] = []
  readonly conflicts: Conflicting[] = []
  readonly #rules: RunRules
  readonly #cap: number

  constructor(rules: RunRules) {
    this.#rules = rules
    this.#cap = Math.min(runLimits(rules.policy).cap, rules.part?.most ?? Number.POSITIVE_INFINITY)
  }

  get cap(): number {
    return this.#cap
  }
  /** No further candidate fits. */
  get full(): boolean {
    return this.block.length >= this.#cap
  }

  /** Judges some candidates in their order; answers how many were looked at before the cap was reached. */
  judge(candidates: readonly Imei14[], known: RunKnowledge): number {
    for (const [i, imei14] of candidates.entries()) {
      if (this.full) return i
      if (!inPart(imei14, this.#rules.part)) continue
      const verdict = judgeForRun(imei14, known, this.#rules)
      if (verdict.kind === 'block') this.block.push(imei14)
      else if (verdict.kind === 'held') this.held.push({ imei14, appeal: verdict.appeal })
      else if (verdict.kind === 'unwarned') this.held.push({ imei14, appeal: null })
      else if (verdict.kind === 'conflict') this.conflicts.push({ imei14, why: verdict.why })
    }
    return candidates.length
  }
}

/** Judges IMEIs of a proposed run again: who stays, and who dropped out for what. Never adds one. */
export function judgeAgain(
  imeis: readonly Imei14[],
  known: RunKnowledge,
  rules: RunRules,
): { readonly kept: Imei14[]; readonly dropped: Dropped[] } {
  const kept: Imei14[] = []
  const dropped: Dropped[] = []
  for (const imei14 of imeis) {
    const verdict = judgeForRun(imei14, known, rules)
    if (verdict.kind === 'block') kept.push(imei14)
    else if (verdict.kind === 'held') dropped.push({ imei14, why: 'held', appeal: verdict.appeal })
    else if (verdict.kind === 'unwarned') dropped.push({ imei14, why: 'warning', appeal: null })
    else dropped.push({ imei14, why: verdict.why, appeal: null })
  }
  return { kept, dropped }
}

/** A run as far as signing it goes. */
export interface SignableRun {
  readonly id: string
  readonly state: RunState
  /** Who proposed it. */
  readonly by: string
  readonly signatures: readonly string[]
}

/** The signatures a new run has: an approver's proposal is his signature, a reviewer's is none. Refused: `role-forbids`. */
export function proposeRun(officer: Officer): Outcome<readonly string[]> {
  const role = may(officer, 'blockrun-propose')
  if (!role.ok) return role
  return done(may(officer, 'blockrun-sign').ok ? [officer.id] : [])
}

/** The signatures after this officer's. Refused: `nothing-to-sign`, `role-forbids`, `own-act`, `already-signed`. */
export function signRun(run: SignableRun, officer: Officer): Outcome<readonly string[]> {
  const role = may(officer, 'blockrun-sign')
  if (!role.ok) return role
  if (run.state !== 'awaiting-signature') return refused('nothing-to-sign', { id: run.id, state: run.state })
  if (run.by === officer.id) return refused('own-act', { officer: officer.id })
  if (run.signatures.includes(officer.id)) return refused('already-signed', { officer: officer.id })
  return done([...run.signatures, officer.id])
}

/** Whether he may end it unsigned: an approver declines it, who proposed it withdraws it. */
export function declineRun(run: SignableRun, officer: Officer): Outcome<true> {
  const role = may(officer, run.by === officer.id ? 'blockrun-propose' : 'blockrun-sign')
  if (!role.ok) return role
  if (run.state !== 'awaiting-signature') return refused('nothing-to-sign', { id: run.id, state: run.state })
  return done(true)
}

export const isFullySigned = (signatures: readonly string[]): boolean => new Set(signatures).size >= SIGNATURES_OF_RUN
