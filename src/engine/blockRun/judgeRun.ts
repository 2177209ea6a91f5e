import type { HeldCounts } from '../../contract/engine/blockRun.ts'
import type { GridFilter } from '../../contract/gridFilter.ts'
import type { RunPartAsked } from '../../contract/registry/runPart.ts'
import {
  amnestyUntil,
  CONFLICTS,
  type Conflict,
  type Dropped,
  isHeldBy,
  judgeAgain,
  type LinkedFact,
  RunDraft,
  type RunKnowledge,
  type RunRules,
} from '../../domain/blockRun.ts'
import { addDays, businessDate } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { Brands } from '../db/brands.ts'
import { factsOfSorted } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import type { RunningJob } from '../sync/jobs.ts'
import {
  appealsAbout,
  complaintsAmong,
  holdersOfRun,
  imeisOfRun,
  overdueKeys,
  overdueKeysWhere,
  type StoredRun,
  warningsAbout,
} from './queries.ts'

/** IMEIs judged between two breaths, so that other calls are answered meanwhile. */
const BLOCK = 1000
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The last day whose deadline is over today. */
export const lastOverdue = (desk: Desk): IsoDate => addDays(businessDate(desk.now()), -1)

const rulesOf = (cache: Reader, desk: Desk, until: IsoDate): RunRules => ({
  policy: policyAt(cache, cursorOf(cache).seq),
  today: businessDate(desk.now()),
  until,
})

/** What a run up to a day, or a part of it, would do now, as the mirror knows it; the registry gathers anew when it is proposed. */
export async function previewRun(desk: Desk, until: IsoDate, part: RunPartAsked = {}, running?: RunningJob) {
  const cache = desk.home.cache.openReader()
  try {
    const rules = { ...rulesOf(cache, desk, until), part }
    const yesterday = addDays(rules.today, -1)
    const last = until < yesterday ? until : yesterday
    const candidates = part.where ? keysWhere(cache, last, part.where) : overdueKeys(cache, last)
    running?.progress(0, candidates.length)
    const draft = new RunDraft(rules)
    let looked = 0
    for (let from = 0; from < candidates.length && !draft.full; from += BLOCK) {
      const block = candidates.slice(from, from + BLOCK)
      looked += draft.judge(block, knowledgeOf(cache, block))
      running?.progress(from + block.length, candidates.length)
      await breathe()
      if (running?.signal.aborted) throw trouble('cancelled')
    }
    return {
      until,
      toBlack: draft.block.length,
      held: draft.held.length,
      heldBy: countHolders(
        cache,
        draft.held.map((h) => h.appeal),
      ),
      amnestyUntil: amnestyUntil(rules),
      conflicts: draft.conflicts.length,
      cap: draft.cap,
      beyondCap: candidates.length - looked,
      basedOnSeq: cursorOf(cache).seq,
    }
  } finally {
    cache.close()
  }
}

/** Overdue keys that a filter of the grey list lets through. */
function keysWhere(cache: Reader, last: IsoDate, where: GridFilter): Imei14[] {
  const tacs = where.brand === null ? null : new Set(new Brands(cache).tacsOf(where.brand))
  return overdueKeysWhere(cache, last, where, tacs)
}

/** What would drop out of a waiting run if it were signed now. */
export async function wouldDrop(desk: Desk, run: Pick<StoredRun, 'no' | 'until'>): Promise<readonly Dropped[]> {
  const cache = desk.home.cache.openReader()
  try {
    const rules = rulesOf(cache, desk, run.until)
    const imeis = imeisOfRun(cache, run.no)
    const dropped: Dropped[] = []
    for (let from = 0; from < imeis.length; from += BLOCK) {
      const block = imeis.slice(from, from + BLOCK)
      dropped.push(...judgeAgain(block, knowledgeOf(cache, block), rules).dropped)
      await breathe()
    }
    return dropped
  } finally {
    cache.close()
  }
}

/** A run with the counts of now: what changed since its last signature is already out of a waiting one. */
export async function asOfNow(desk: Desk, run: StoredRun): Promise<StoredRun> {
  return run.state === 'awaiting-signature' ? without(run, await wouldDrop(desk, run)) : run
}

/** The same with why its IMEIs are held, and the amnesty that bars its next signature. */
export async function explainedRun(desk: Desk, run: StoredRun) {
  const cache = desk.home.cache.read
  const waits = run.state === 'awaiting-signature'
  const dropped = waits ? await wouldDrop(desk, run) : []
  const holders = holdersOfRun(cache, run.no)
  for (const { why, appeal } of dropped) if (isHeldBy(why)) holders.push(appeal)
  return {
    ...without(run, dropped),
    heldBy: countHolders(cache, holders),
    amnestyUntil: waits ? amnestyToday(desk) : null,
  }
}

/** Last day of an amnesty that lasts today. */
export const amnestyToday = (desk: Desk): IsoDate | null =>
  amnestyUntil(rulesOf(desk.home.cache.read, desk, lastOverdue(desk)))

/** Counts what holds IMEIs back: by an appeal, by one with an open complaint, by a warning (null). */
function countHolders(cache: Reader, holders: readonly (string | null)[]): HeldCounts {
  const appeals = holders.filter((appeal) => appeal !== null)
  const complained = complaintsAmong(cache, new Set(appeals))
  const complaint = appeals.filter((appeal) => complained.has(appeal)).length
  return { appeal: appeals.length - complaint, complaint, warning: holders.length - appeals.length }
}

function without(run: StoredRun, dropped: readonly Dropped[]): StoredRun {
  return {
    ...run,
    toBlack: run.toBlack - dropped.length,
    held: run.held + dropped.filter((d) => isHeldBy(d.why)).length,
    conflicts: run.conflicts + dropped.filter((d) => CONFLICTS.includes(d.why as Conflict)).length,
    dropped: run.dropped + dropped.length,
  }
}

/** Facts and appeals of some IMEIs and of all others of their devices. */
function knowledgeOf(cache: Reader, imeis: readonly Imei14[]): RunKnowledge {
  const facts = new Map<Imei14, readonly LinkedFact[]>()
  for (let fresh = Float64Array.from(imeis).sort(); fresh.length > 0; ) {
    const linked = new Set<Imei14>()
    for (const { imei14, facts: own } of factsOfSorted(cache, fresh)) {
      facts.set(imei14, own)
      for (const { next } of own) if (next > 0) linked.add(next)
    }
    fresh = Float64Array.from([...linked].filter((imei14) => !facts.has(imei14))).sort()
  }
  return { facts, appeals: appealsAbout(cache, [...facts.keys()]), warnings: warningsAbout(cache, imeis) }
}
