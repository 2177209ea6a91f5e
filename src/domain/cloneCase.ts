import type { Fact, IsoDate } from './fact.ts'
import { listingOf, type Policy } from './policy.ts'
import { done, type Outcome, refused } from './problem.ts'
import { kilometresBetween } from './regions.ts'
import type { SigningActs } from './twoSignatures.ts'

/**
 * A suspicion that one code is on several devices is a case, not a list (domain.md): the device stays where its facts put it until a
 * decision, signed by two approvers, names the genuine holder. Duplicates of before the cut-off stay white.
 */
export const CLONE_STATES = ['open', 'awaiting-signature', 'clone', 'dismissed', 'resolved'] as const
export type CloneState = (typeof CLONE_STATES)[number]

/** `clone`: black, save for the genuine holder; `dismissed`: one device after all; `resolved`: ends a clone decided earlier. */
export const CLONE_VERDICTS = ['clone', 'dismissed', 'resolved'] as const
export type CloneVerdict = (typeof CLONE_VERDICTS)[number]

export const CLONE_GROUNDS = ['subscribers', 'regions', 'radio', 'officer'] as const
export type CloneGround = (typeof CLONE_GROUNDS)[number]

export const CLONE_ACTS: SigningActs = { propose: 'clone-propose', sign: 'clone-sign' }

/** From how many subscribers in a day an IMEI is suspected, where the policy does not say. */
export const SUBSCRIBERS_A_DAY = 4

/**
 * So far apart two subscribers on one day are not one device that changed hands, where the policy does not say: more than a day's drive there
 * and back. Days are all that observations tell, so a passenger with two cards by plane is among them: a suspicion, no more.
 */
export const DISTANT_KM = 500

/** A use of a code on one day. */
export interface Use {
  readonly imsi: string
  readonly region: string
}

/** How many regions of one day's uses lie `distantKm` or more from another subscriber's, so that one device was not in both; `distantKm` 0: none. */
export function distantRegions(uses: readonly Use[], distantKm = DISTANT_KM): number {
  if (distantKm <= 0) return 0
  const distant = uses.filter((a) =>
    uses.some((b) => a.imsi !== b.imsi && (kilometresBetween(a.region, b.region) ?? 0) >= distantKm),
  )
  return new Set(distant.map(({ region }) => region)).size
}

/** Whether a suspicion about an IMEI opens a case by itself: not for what is white as of before the cut-off, not for what is black. */
export function opensCase(facts: readonly Fact[], policy: Policy): boolean {
  const { list, reason } = listingOf(facts, policy)
  return list !== 'black' && reason !== 'legacy'
}

/** What a verdict does next. Refused: `clone-closed`, `clone-needs-holder`. */
export function decideCase(
  c: { readonly no: number; readonly state: CloneState; readonly imei: string },
  verdict: CloneVerdict,
  hasHolder: boolean,
): Outcome<'awaiting-signature' | 'dismissed'> {
  const fits = verdict === 'resolved' ? c.state === 'clone' : c.state === 'open'
  if (!fits) return refused('clone-closed', { case: c.no, state: c.state })
  if (verdict === 'clone' && !hasHolder) return refused('clone-needs-holder', { imei: c.imei })
  return done(verdict === 'dismissed' ? 'dismissed' : 'awaiting-signature')
}

/** Two uses of one code on one day that one device cannot be: for showing rivals side by side. */
export const overlaps = (
  a: { readonly firstDay: IsoDate; readonly lastDay: IsoDate },
  b: { readonly firstDay: IsoDate; readonly lastDay: IsoDate },
): boolean => a.firstDay <= b.lastDay && b.firstDay <= a.lastDay

/** Radio technologies by what a model says of itself; null: it says nothing. */
const RADIO: readonly (readonly [RegExp, number])[] = [
  [/5g|\bnr\b/i, 5],
  [/lte|4g/i, 4],
  [/3g|umts|wcdma|hspa/i, 3],
  [/2g|gsm|gprs|edge/i, 2],
]
const generation = (text: string): number | null => RADIO.find(([name]) => name.test(text))?.[1] ?? null

/** Whether a sighting's radio technology is beyond what the type approval of the model names. */
export function radioBeyondModel(seen: string, model: string): boolean {
  const [used, able] = [generation(seen), generation(model)]
  return used !== null && able !== null && used > able
}
