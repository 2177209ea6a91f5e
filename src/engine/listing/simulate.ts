import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { LISTING_CALLS } from '../../contract/engine/listing.ts'
import type { Simulated, SimulationAsk } from '../../contract/simulation.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { changedTerms } from '../../domain/changedTerms.ts'
import type { Imei14, IsoDate, Operator } from '../../domain/fact.ts'
import type { Listing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { changedPolicy, movesListings } from '../../domain/policyChange.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { JUDGED_WHOLE, movesStoredOnly, SimulationTally } from '../../domain/simulation.ts'
import { devices } from '../db/devices.ts'
import { factsOfSorted, type StoredFact } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { traitsOf } from '../db/listingTraits.ts'
import { cursorOf, openAppealImeis, policyAt } from '../db/mirror.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { FACTS_COUNT, KEYS_LISTED, KEYS_WITH_FACTS, LISTED_COUNT, POLICY_OF_VERSION } from './queries.ts'

type Ask = z.output<(typeof LISTING_CALLS)['simulate-policy']['input']>

/** IMEIs computed between two breaths, so that other calls are answered meanwhile. */
const BLOCK = 2000
/** Most combinations of documents whose listings are remembered. */
const REMEMBERED = 50_000

/** What a change of the policy would move, by this desk's facts or the registry's. Nothing is changed by it; cancelled, it leaves nothing. */
export function simulatePolicy(desk: DeskCore, ask: Ask): Promise<Simulated> {
  const what = { id: ask.job ?? randomUUID(), kind: 'simulate', subject: '', unit: 'imeis' } as const
  return desk.jobs.run(what, async (job) => {
    if (ask.at === 'registry') return desk.link.required().simulation(ask, job.signal)
    const cache = desk.home.cache.openReader()
    try {
      return await simulate(cache, { ...ask, today: businessDate(desk.now()) }, job)
    } finally {
      cache.close()
    }
  })
}

/** The same over a mirror. Throws `policy-unusable`, `cancelled`. */
export async function simulate(
  cache: Reader,
  ask: SimulationAsk & { readonly today: IsoDate },
  job: RunningJob,
  judgedWhole = JUDGED_WHOLE,
): Promise<Simulated> {
  const inForce = policyAt(cache, cursorOf(cache).seq)
  const before = ask.from === null ? inForce : versionOf(cache, ask.from)
  const changed = changedPolicy(ask.to === null ? inForce : versionOf(cache, ask.to), ask.set)
  if (!changed.ok) throw new ProblemError(changed.problem)
  const after = ask.to !== null && ask.set.length === 0 ? versionOf(cache, ask.to) : changed.value
  const tally = new SimulationTally()
  const isLarge = (cache.value<number | null>(FACTS_COUNT) ?? 0) > judgedWhole
  const narrowed = isLarge && movesStoredOnly(inForce, before) && movesStoredOnly(inForce, after)
  if (movesListings(before, after)) await judge(cache, before, after, narrowed, tally, job)
  const deviceOf = devices(cache)
  const terms = changedTerms(before, after, ask.today)
  return {
    from: before.version,
    to: after.version,
    narrowed,
    terms,
    ...tally.result((tac) => deviceOf(tac * 1e6).brand),
  }
}

function versionOf(cache: Reader, version: number): Policy {
  const doc = cache.value<string>(POLICY_OF_VERSION, version)
  if (doc === undefined) throw trouble('policy-unusable', { key: 'version', value: String(version) })
  return JSON.parse(doc) as Policy
}

async function judge(
  cache: Reader,
  before: Policy,
  after: Policy,
  isStoredOnly: boolean,
  tally: SimulationTally,
  job: RunningJob,
): Promise<void> {
  const judged = rememberingBoth(cache, before, after)
  const appeals = openAppealImeis(cache)
  const total = isStoredOnly ? (cache.value<number>(LISTED_COUNT) ?? 0) : null
  let done = 0
  for (let last: Imei14 = -1; ; ) {
    const keys = cache.rows<[Imei14]>(isStoredOnly ? KEYS_LISTED : KEYS_WITH_FACTS).all(last, BLOCK)
    for (const { imei14, facts } of factsOfSorted(
      cache,
      keys.map(([imei14]) => imei14),
    )) {
      const both = judged(facts)
      tally.add(imei14, both.before, both.after, both.operator, appeals.get(imei14))
    }
    done += keys.length
    job.progress(done, total)
    last = keys.at(-1)?.[0] ?? last
    if (keys.length < BLOCK) return
    await new Promise((resolve) => setImmediate(resolve))
    if (job.signal.aborted) throw trouble('cancelled')
  }
}

interface Both {
  readonly before: Listing
  readonly after: Listing
  readonly operator: Operator | null
}

/** Listings under both policies, remembered by the documents the facts are in: rows of one document are listed alike. */
function rememberingBoth(cache: Reader, before: Policy, after: Policy): (facts: readonly StoredFact[]) => Both {
  const known = new Map<string, Both>()
  return (facts) => {
    let documents = ''
    for (const { no, doc } of facts) documents += `${no}/${doc} `
    let both = known.get(documents)
    if (!both) {
      if (known.size >= REMEMBERED) known.clear()
      const { operator } = traitsOf(cache, facts)
      both = { before: listingOf(facts, before), after: listingOf(facts, after), operator }
      known.set(documents, both)
    }
    return both
  }
}
