import type { GridFilter } from '../../contract/gridFilter.ts'
import {
  type Dropped,
  judgeAgain,
  type LinkedFact,
  RunDraft,
  type RunKnowledge,
  type RunRules,
} from '../../domain/blockRun.ts'
import { addDays } from '../../domain/businessDate.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { appealsAbout, countOverdue, type Overdue, overdueAfter } from '../db/blockRun/queries.ts'
import { factsOf } from '../db/fact/queries.ts'
import { matcherOf } from '../db/listing/matching.ts'
import { warningsAbout } from '../db/notice/queries.ts'
import type { Tx } from '../db/transaction.ts'

/** Candidates whose facts are read together. */
const BLOCK = 5000

/** What a run is made of, and how many overdue IMEIs its cap left for a later one. */
export interface GatheredRun {
  readonly draft: RunDraft
  readonly beyondCap: number
}

/**
 * Gathers a run from the stored grey listings, the longest overdue first; with `where` only from those that filter lets through. The
 * writer's row is held.
 */
export async function gatherRun(tx: Tx, rules: RunRules, where?: GridFilter): Promise<GatheredRun> {
  const yesterday = addDays(rules.today, -1)
  const last = rules.until < yesterday ? rules.until : yesterday
  const draft = new RunDraft(rules)
  const matching = where ? await matcherOf(tx, where, rules.policy) : null
  let found = matching ? 0 : await countOverdue(tx, last)
  let looked = 0
  // what a filter leaves beyond the cap is known only by going on
  for (let after: Overdue = { deadline: '0001-01-01', imei14: 0 }; matching || !draft.full; ) {
    const page = await overdueAfter(tx, last, after, BLOCK)
    const overdue = page.map((p) => p.imei14)
    const imeis = matching ? await matching(overdue) : overdue
    if (matching) found += imeis.length
    if (!draft.full) looked += draft.judge(imeis, await knowledgeOf(tx, imeis))
    const end = page.at(-1)
    if (!end || page.length < BLOCK) break
    after = end
  }
  return { draft, beyondCap: found - looked }
}

/** Judges a run's IMEIs again, as facts and appeals are now. */
export async function judgeRunAgain(
  tx: Tx,
  imeis: readonly Imei14[],
  rules: RunRules,
): Promise<{ readonly kept: readonly Imei14[]; readonly dropped: readonly Dropped[] }> {
  const kept: Imei14[] = []
  const dropped: Dropped[] = []
  for (let from = 0; from < imeis.length; from += BLOCK) {
    const block = imeis.slice(from, from + BLOCK)
    const judged = judgeAgain(block, await knowledgeOf(tx, block), rules)
    kept.push(...judged.kept)
    dropped.push(...judged.dropped)
  }
  return { kept, dropped }
}

/** Facts and appeals of some IMEIs and of all others of their devices. */
async function knowledgeOf(tx: Tx, imeis: readonly Imei14[]): Promise<RunKnowledge> {
  const facts = new Map<Imei14, readonly LinkedFact[]>()
  for (let fresh: readonly Imei14[] = imeis; fresh.length > 0; ) {
    const linked = new Set<Imei14>()
    for (const [imei14, own] of await factsOf(tx, fresh)) {
      facts.set(imei14, own)
      for (const { next } of own) if (next > 0) linked.add(next)
    }
    fresh = [...linked].filter((imei14) => !facts.has(imei14))
  }
  const appeals = await appealsAbout(tx, [...facts.keys()])
  return { facts, appeals, warnings: await warningsAbout(tx, imeis) }
}
