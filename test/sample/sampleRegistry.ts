import { type Appeal, personOf } from '../../src/domain/appeal.ts'
import { FACT_OF_BATCH } from '../../src/domain/batch.ts'
import { compareClaim } from '../../src/domain/compare/compareClaim.ts'
import type { ImeiFacts, Journey } from '../../src/domain/compare/compared.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Fact, Imei14 } from '../../src/domain/fact.ts'
import { tacOf } from '../../src/domain/imei.ts'
import type { Listing } from '../../src/domain/listing.ts'
import { foreignListing } from '../../src/domain/owner.ts'
import { firstSeen, listingOf } from '../../src/domain/policy.ts'
import type { SampleAppeal, SampleTac, SmallSample } from '../../src/sample/shape.ts'

/** What a registry filled with the sample knows, kept in maps: an oracle beside the real ones. */
export class SampleRegistry {
  readonly facts = new Map<Imei14, Fact[]>()
  readonly appeals: readonly SampleAppeal[]
  readonly #tacs = new Map<number, SampleTac>()
  readonly #journeys = new Map<string, Journey[]>()
  readonly #declared = new Map<Imei14, { declaration: string; bin: string; name: string | null }>()

  constructor(sample: SmallSample) {
    this.appeals = sample.history.flatMap((e) => (e.type === 'appeal' ? [e.appeal] : []))
    sample.history.forEach((event, seq) => {
      if (event.type !== 'batch') return
      const { batch } = event
      for (const tac of batch.tacs) this.#tacs.set(tac.tac, tac)
      for (const c of batch.crossings) {
        const known = this.#journeys.get(c.person) ?? []
        if (c.direction === 'exit') known.push({ exit: c.date, entry: null, document: c.document, by: 'applicant' })
        else {
          const out = known.findLast((j) => j.entry === null)
          if (out) known[known.indexOf(out)] = { ...out, entry: c.date }
          else known.push({ exit: null, entry: c.date, document: c.document, by: 'applicant' })
        }
        this.#journeys.set(c.person, known)
      }
      const kind = FACT_OF_BATCH[batch.kind]
      if (kind === null) return
      for (const { imei14, doc: no } of batch.facts) {
        const doc = batch.docs[no]
        if (!doc) throw new Error(`${imei14} has no document in ${batch.file}`)
        const { op, date, network, data } = doc
        const fact: Fact = { kind, op, date, source: batch.source, batch: batch.file, seq, ...(network && { network }) }
        this.facts.set(imei14, [...(this.facts.get(imei14) ?? []), fact])
        if (kind === 'customs-declared')
          this.#declared.set(imei14, {
            declaration: String(data.declaration),
            bin: String(data.bin),
            name: data.importer === undefined ? null : String(data.importer),
          })
      }
    })
  }

  listing(imei14: Imei14): Listing {
    return listingOf(this.facts.get(imei14) ?? [], DEFAULT_POLICY)
  }

  /** The comparison an officer sees beside the claim. */
  compare({ appeal }: SampleAppeal): ReturnType<typeof compareClaim> {
    const journeys = this.#journeys.get(personOf(appeal.applicant.key)) ?? []
    const imeis = appeal.claim.imeis.map((imei) => this.#imei(imei))
    return compareClaim({
      appeal,
      imeis,
      journeys,
      reuse: this.#reuse(appeal),
      declared: null,
      toleranceDays: 0,
      nameDistance: 0,
    })
  }

  #imei(imei: string): ImeiFacts {
    const imei14 = Number(imei.slice(0, 14))
    const facts = this.facts.get(imei14) ?? []
    const tac = this.#tacs.get(tacOf(imei14))
    return {
      imei,
      usable: true,
      listing: this.listing(imei14),
      owner: foreignListing(facts, DEFAULT_POLICY)?.owner ?? null,
      brand: tac?.brand ?? null,
      model: tac?.model ?? null,
      firstSeen: firstSeen(facts),
      declaration: this.#declared.get(imei14)?.declaration ?? null,
      declaredBy: this.#declared.get(imei14)?.bin ?? null,
      declaredName: this.#declared.get(imei14)?.name ?? null,
    }
  }

  #reuse(appeal: Omit<Appeal, 'evidence'>) {
    const keys = (a: Omit<Appeal, 'evidence'>) =>
      [
        ['receipt', a.claim.receiptNo],
        ['tracking', a.claim.trackingNo],
        ['crossing', a.claim.crossingNo],
      ] as const
    return this.appeals
      .filter((other) => other.appeal.id !== appeal.id)
      .flatMap((other) =>
        keys(appeal).flatMap(([what, value]) =>
          value !== undefined && keys(other.appeal).some(([w, v]) => w === what && v === value)
            ? [{ what, value, appeal: other.appeal.id }]
            : [],
        ),
      )
  }
}
