import type { z } from 'zod'
import type { zAppealFacts } from '../../contract/engine/appeal.ts'
import { type Appeal, personOf } from '../../domain/appeal.ts'
import { appealRules } from '../../domain/appealRules.ts'
import type { Comparing, ImeiFacts, Journey, Reuse } from '../../domain/compare/compared.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei14Text, parseImei } from '../../domain/imei.ts'
import { ON_NO_LIST } from '../../domain/listing.ts'
import { foreignListing } from '../../domain/owner.ts'
import { firstSeen, listingOf, type Policy } from '../../domain/policy.ts'
import { reusable } from '../../domain/reusable.ts'
import { type Device, devices } from '../db/devices.ts'
import { factsOf, type StoredFact } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { declaredLine } from './declaredLine.ts'
import {
  APPEALS_WITH_IMEI,
  APPEALS_WITH_KEY,
  CROSSINGS_OF_DOCUMENT,
  CROSSINGS_OF_PERSON,
  DATA_OF_DOC,
} from './queries.ts'

/** What the registry knows about an appeal: for the rules, and for the right-hand pane. */
export interface Gathered {
  readonly comparing: Comparing
  readonly shown: z.input<typeof zAppealFacts>
}

export function gather(cache: Reader, appeal: Appeal, policy: Policy): Gathered {
  const deviceOf = devices(cache)
  const known = appeal.claim.imeis.map((imei) => imeiOf(cache, imei, policy, deviceOf))
  const journeys = journeysOf(cache, appeal)
  const reuse = reuseOf(cache, appeal)
  return {
    comparing: {
      appeal,
      imeis: known.map((k) => k.facts),
      journeys,
      reuse,
      declared: declaredLine(cache, appeal),
      toleranceDays: policy.dateToleranceDays,
      nameDistance: appealRules(policy).nameDistance,
    },
    shown: {
      imeis: known.map(({ facts, imei14, device }) => ({
        imei: facts.imei,
        imei14: imei14 === null ? null : imei14Text(imei14),
        listing: facts.listing,
        device,
        firstSeen: facts.firstSeen,
        owner: facts.owner,
        declaration: facts.declaration,
      })),
      journeys: [...journeys],
      reuse: [...reuse],
    },
  }
}

const UNKNOWN_DEVICE: Device = { tac: '', brand: null, model: null }

function imeiOf(
  cache: Reader,
  imei: string,
  policy: Policy,
  deviceOf: (imei14: Imei14) => Device,
): { facts: ImeiFacts; imei14: Imei14 | null; device: Device } {
  const parsed = parseImei(imei)
  const usable = parsed.ok && parsed.imei.check !== 'wrong'
  if (!parsed.ok) {
    const declared = { declaration: null, declaredBy: null, declaredName: null }
    const nothing = { owner: null, brand: null, model: null, firstSeen: null, ...declared }
    return { facts: { imei, usable, listing: ON_NO_LIST, ...nothing }, imei14: null, device: UNKNOWN_DEVICE }
  }
  const { imei14 } = parsed.imei
  const facts = factsOf(cache, imei14)
  const device = deviceOf(imei14)
  return {
    facts: {
      imei,
      usable,
      listing: listingOf(facts, policy),
      owner: foreignListing(facts, policy)?.owner ?? null,
      brand: device.brand,
      model: device.model,
      firstSeen: firstSeen(facts),
      ...declaredIn(cache, facts),
    },
    imei14,
    device,
  }
}

function declaredIn(
  cache: Reader,
  facts: readonly StoredFact[],
): Pick<ImeiFacts, 'declaration' | 'declaredBy' | 'declaredName'> {
  const customs = facts.find((f) => f.kind === 'customs-declared' && f.op === 'add')
  const text = customs && cache.value<string>(DATA_OF_DOC, customs.no, customs.doc)
  const data = text ? (JSON.parse(text) as { declaration?: string; bin?: string; importer?: string }) : {}
  return {
    declaration: data.declaration ?? null,
    declaredBy: data.bin ?? null,
    declaredName: data.importer ?? null,
  }
}

/**
 * The applicant's journeys, and those of whoever travelled with the document that the claim names: a gift was brought by another
 * person, and he is found by nothing else.
 */
function journeysOf(cache: Reader, appeal: Appeal): readonly Journey[] {
  const own = stays(cache, CROSSINGS_OF_PERSON, personOf(appeal.applicant.key), 'applicant')
  const { crossingNo } = appeal.claim
  if (!crossingNo) return own
  const known = new Set(own.map((j) => `${j.exit} ${j.entry}`))
  const others = stays(cache, CROSSINGS_OF_DOCUMENT, crossingNo, 'document')
  return [...own, ...others.filter((j) => !known.has(`${j.exit} ${j.entry}`))]
}

/** Crossings in order of time as stays abroad: an exit and the entry that follows it; a half that was not recorded is null. */
function stays(cache: Reader, sql: string, bound: string, by: Journey['by']): Journey[] {
  const journeys: Journey[] = []
  let out: { date: string; document: string } | null = null
  type Row = { date: string; direction: 'entry' | 'exit'; document: string }
  for (const { date, direction, document } of cache.query<Row>(sql).all(bound)) {
    if (direction === 'entry') {
      journeys.push({ exit: out?.date ?? null, entry: date, document, by })
      out = null
    } else {
      if (out) journeys.push({ exit: out.date, entry: null, document: out.document, by })
      out = { date, document }
    }
  }
  if (out) journeys.push({ exit: out.date, entry: null, document: out.document, by })
  return journeys
}

function reuseOf(cache: Reader, appeal: Appeal): readonly Reuse[] {
  const reuse: Reuse[] = []
  const add = (what: Reuse['what'], value: string, sql: string, ...bound: (string | number)[]): void => {
    for (const [other] of cache.rows<[string]>(sql).all(...bound)) reuse.push({ what, value, appeal: other })
  }
  for (const [what, value] of reusable(appeal)) {
    const file = appeal.evidence.find((e) => e.sha256 === value)
    add(what, file?.file ?? value, APPEALS_WITH_KEY, what, value, appeal.id)
  }
  for (const imei of appeal.claim.imeis) {
    const parsed = parseImei(imei)
    if (parsed.ok) add('imei', imei, APPEALS_WITH_IMEI, parsed.imei.imei14, appeal.id)
  }
  const person = personOf(appeal.applicant.key)
  add('person', person, APPEALS_WITH_KEY, 'person', person, appeal.id)
  return reuse
}
