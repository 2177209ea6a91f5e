import type { LifeStep } from '../../contract/engine/lookup.ts'
import type { Appeal } from '../../domain/appeal.ts'
import { type BatchKind, FACT_OF_BATCH } from '../../domain/batch.ts'
import type { FactOp, Imei14, Seq } from '../../domain/fact.ts'
import { type Listing, sameListing } from '../../domain/listing.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOf } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { policyAt } from '../db/mirror.ts'
import {
  APPEAL_DOCS_OF_IMEI,
  LIFE_IN_CLONES,
  LIFE_IN_NOTICES,
  LIFE_IN_RECEIPTS,
  LIFE_IN_RUNS,
  LIFE_IN_VIOLATIONS,
  LIFE_OF_FACTS,
  MOMENT_OF,
  POLICIES_SINCE,
} from './queries.ts'

interface FactRow {
  readonly no: number
  readonly id: string
  readonly kind: BatchKind
  readonly state: string
  readonly by: string
  readonly added_seq: Seq
  readonly ended_seq: Seq | null
  readonly op: FactOp
}

/**
 * Everything that happened about an IMEI up to a number of the registry, in order: what was reported and ended, its appeals, the block
 * runs that judged it, new policies. A step that moved it to another listing carries that listing.
 */
export function lifeOf(cache: Reader, imei14: Imei14, upTo: Seq): LifeStep[] {
  const steps = [
    ...factSteps(cache, imei14, upTo),
    ...appealSteps(cache, imei14),
    ...runSteps(cache, imei14),
    ...policySteps(cache, upTo),
    ...otherSteps(cache, imei14),
  ]
  const last = cache.value<string>(MOMENT_OF, upTo)
  const until = steps.filter((s) => s.seq > 0 || last === undefined || s.at <= last)
  until.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq))
  return withListings(cache, imei14, until)
}

const momentOf = (cache: Reader, seq: Seq): string => cache.value<string>(MOMENT_OF, seq) ?? '1970-01-01T00:00:00.000Z'

function factSteps(cache: Reader, imei14: Imei14, upTo: Seq): LifeStep[] {
  return cache
    .query<FactRow>(LIFE_OF_FACTS)
    .all(imei14)
    .flatMap((row) => {
      const code = FACT_OF_BATCH[row.kind] ?? row.kind
      const came = { seq: row.added_seq, what: row.op === 'add' ? 'reported' : 'released', officer: row.by } as const
      const went = {
        seq: row.ended_seq ?? 0,
        what: row.state === 'undone' ? 'undone' : 'replaced',
        officer: null,
      } as const
      return [came, ...(row.ended_seq === null ? [] : [went])]
        .filter(({ seq }) => seq <= upTo)
        .map((step) => ({ ...step, at: momentOf(cache, step.seq), ref: row.id, code, listing: null }))
    })
}

/** Steps of appeals carry no number of their own, only the registry's time. */
function appealSteps(cache: Reader, imei14: Imei14): LifeStep[] {
  return cache
    .rows<[string]>(APPEAL_DOCS_OF_IMEI)
    .all(imei14)
    .flatMap(([doc]) => {
      const appeal = JSON.parse(doc) as Appeal
      return appeal.timeline.map(({ at, what, officer }) => ({
        at,
        seq: 0,
        what: 'appeal' as const,
        ref: appeal.id,
        code: what,
        officer: officer ?? null,
        listing: null,
      }))
    })
}

function runSteps(cache: Reader, imei14: Imei14): LifeStep[] {
  type Row = { id: string; by: string; at: string; part: string }
  return cache
    .query<Row>(LIFE_IN_RUNS)
    .all(imei14)
    .map(({ id, by, at, part }) => ({ at, seq: 0, what: 'run', ref: id, code: part, officer: by, listing: null }))
}

function policySteps(cache: Reader, upTo: Seq): LifeStep[] {
  return cache
    .rows<[version: number, from: Seq]>(POLICIES_SINCE)
    .all(upTo)
    .map(([version, seq]) => ({
      at: momentOf(cache, seq),
      seq,
      what: 'policy',
      ref: String(version),
      code: 'policy',
      officer: null,
      listing: null,
    }))
}

type Told = [ref: string, at: string, by: string | null, code: string]

/** What warned its holder, what operators answered, where it was seen though blocked, and cases about it. */
function otherSteps(cache: Reader, imei14: Imei14): LifeStep[] {
  const step = (what: LifeStep['what'], [ref, at, officer, code]: Told): LifeStep => ({
    at,
    seq: 0,
    what,
    ref,
    code,
    officer,
    listing: null,
  })
  const notices = cache.rows<[string, string, string, string, string]>(LIFE_IN_NOTICES).all(imei14)
  const receipts = cache.rows<[string, string, string, string, string]>(LIFE_IN_RECEIPTS).all(imei14)
  const violations = cache.rows<[string, string]>(LIFE_IN_VIOLATIONS).all(imei14)
  const cases = cache.rows<[string, string, string | null, string, string | null]>(LIFE_IN_CLONES).all(imei14)
  return [
    ...notices.map(([ref, at, by, stage, state]) => step('notice', [ref, at, by, `${stage}-${state}`])),
    ...receipts.map(([ref, at, by, operator, state]) => step('receipt', [operator || ref, at, by, state])),
    ...violations.map(([operator, day]) => step('violation', [operator, `${day}T00:00:00.000Z`, null, 'seen'])),
    ...cases.flatMap(([ref, at, by, state, ended]) => [
      step('clone', [ref, at, by, 'open']),
      ...(ended === null ? [] : [step('clone', [ref, ended, null, state])]),
    ]),
  ]
}

/** The listing after each step that could move it; policies that moved nothing are left out. */
function withListings(cache: Reader, imei14: Imei14, steps: readonly LifeStep[]): LifeStep[] {
  let before: Listing | null = null
  const told: LifeStep[] = []
  for (const step of steps) {
    if (step.seq === 0) {
      told.push(step)
      continue
    }
    const now = listingOf(factsOf(cache, imei14, { seq: step.seq }), policyAt(cache, step.seq))
    const moved: boolean = before === null ? now.list !== 'none' : !sameListing(before, now)
    before = now
    if (step.what === 'policy' && !moved) continue
    told.push(moved ? { ...step, listing: now } : step)
  }
  return told
}
