import { addDays } from '../../domain/businessDate.ts'
import type { Device } from '../devices.ts'
import { resident } from '../people.ts'
import type { SampleAppeal, SampleEvent } from '../shape.ts'
import { addCaseFacts } from './caseFacts.ts'
import { addPendingSecond } from './listings.ts'
import { papersOf } from './papers.ts'
import { MARKETPLACES, SHOPS_ONLINE } from './places.ts'
import { PLAN, type PlannedAppeal } from './plan.ts'
import type { SmallWorld } from './smallWorld.ts'
import { type Shared, type StoryCase, workOut } from './storyCase.ts'
import { lifeOf } from './timeline.ts'

/** Minute of the day at which the n-th appeal came in; earlier in the day than any review. */
const minuteOf = (n: number): number => 20 + ((n * 37) % 240)

/** All sixty appeals with their facts written into the world's batches. */
export function addAppeals(world: SmallWorld): readonly SampleEvent[] {
  const groups = new Map<string, Shared>()
  return ordered().map(({ planned, minute }, n) => {
    const c = workOut(world, planned, n, sharedBy(world, planned, groups), pendingDevice(world, planned))
    addCaseFacts(world, c)
    const appeal: SampleAppeal = {
      appeal: {
        id: c.id,
        route: planned.route,
        applicant: c.person.applicant,
        claim: c.claim,
        ...lifeOf(world, planned, minute),
      },
      papers: papersOf(c),
      story: planned.story,
    }
    const at = appeal.appeal.timeline.at(-1)?.at ?? appeal.appeal.receivedAt
    if (planned.state === 'approved') addDecision(world, c, at)
    return { type: 'appeal', at, appeal }
  })
}

/** By time of receipt, so that numbers grow with it. */
const ordered = (): readonly { readonly planned: PlannedAppeal; readonly minute: number }[] =>
  PLAN.map((planned, i) => ({ planned, minute: minuteOf(i) })).toSorted(
    (a, b) => b.planned.ago - a.planned.ago || a.minute - b.minute,
  )

/** What appeals "together" have in common; the fixer's applicants differ, their receipt is one. */
function sharedBy(world: SmallWorld, planned: PlannedAppeal, groups: Map<string, Shared>): Shared | null {
  if (planned.together === null) return null
  const known = groups.get(planned.together)
  if (known) return known
  const receipt = planned.together.startsWith('fixer') ? 'fixer' : planned.together
  const random = world.random.fork(receipt)
  const shared: Shared = {
    person: resident(world.random.fork(planned.together)),
    receiptNo: `K-${random.digits(7)}`,
    trackingNo: `RS${random.digits(9)}SX`,
    purchase: addDays(world.today, -26),
    seller: planned.route === 'post' ? (SHOPS_ONLINE[0]?.name ?? '') : (MARKETPLACES[0]?.name ?? ''),
    priceTenge: 89_990,
  }
  groups.set(planned.together, shared)
  return shared
}

/** The stories of a second IMEI need a device whose first one is declared. */
function pendingDevice(
  world: SmallWorld,
  planned: PlannedAppeal,
): { readonly device: Device; readonly seenDaysAgo: number } | null {
  if (!planned.story.startsWith('sibling')) return null
  const seenDaysAgo = planned.story === 'sibling-overdue' ? 38 : planned.ago + 8
  return { device: addPendingSecond(world, seenDaysAgo), seenDaysAgo }
}

/** An approval is a batch of its own, accepted right after the decision. */
function addDecision(world: SmallWorld, c: StoryCase, at: string): void {
  const date = at.slice(0, 10)
  world
    .batchAt('decision', 'ministry', new Date(Date.parse(at) + 1000).toISOString().replace('.000', ''), {
      by: 'reviewer2',
      file: `decision_${c.id}`,
      letter: c.id,
    })
    .add(c.imeis, { op: 'add', date, network: null, data: { appeal: c.id } })
}
