import { isOpen } from '../../domain/appeal.ts'
import { FACT_OF_BATCH } from '../../domain/batch.ts'
import { DEFAULT_POLICY } from '../../domain/defaultPolicy.ts'
import type { Fact, Imei14, IsoDate } from '../../domain/fact.ts'
import { tacOf } from '../../domain/imei.ts'
import { listingOf } from '../../domain/policy.ts'
import { type Device, MODELS } from '../devices.ts'
import { smallSample } from '../smallSample.ts'

/**
 * Devices that are grey in the small sample of that seed and about which nobody appeals: a declaration that comes late makes them
 * white. Which ones they are does not depend on the day.
 */
export function greyDevices(seed: number, today: IsoDate, count: number): readonly Device[] {
  const facts = new Map<Imei14, Fact[]>()
  const rings = new Map<Imei14, Imei14>()
  const appealed = new Set<Imei14>()
  smallSample({ seed, today }).history.forEach((event, seq) => {
    if (event.type === 'appeal') {
      if (isOpen(event.appeal.appeal.state))
        for (const imei of event.appeal.appeal.claim.imeis) appealed.add(Number(imei.slice(0, 14)))
      return
    }
    const { batch } = event
    const kind = FACT_OF_BATCH[batch.kind]
    if (kind === null) return
    for (const row of batch.facts) {
      const doc = batch.docs[row.doc]
      if (!doc) throw new Error('a fact without its document')
      const fact: Fact = {
        kind,
        op: doc.op,
        source: batch.source,
        date: doc.date,
        batch: batch.file,
        seq,
        ...(doc.network === null ? {} : { network: doc.network }),
      }
      facts.set(row.imei14, [...(facts.get(row.imei14) ?? []), fact])
      if (row.next !== 0) rings.set(row.imei14, row.next)
    }
  })
  const waits = (imei14: Imei14): boolean =>
    !appealed.has(imei14) && listingOf(facts.get(imei14) ?? [], DEFAULT_POLICY).reason === 'not-confirmed'
  const devices: Device[] = []
  for (const imei14 of [...facts.keys()].sort((a, b) => a - b)) {
    const next = rings.get(imei14) ?? 0
    const model = MODELS.find((m) => m.tac === tacOf(imei14))
    if (devices.length < count && model && next > imei14 && waits(imei14) && waits(next))
      devices.push({ model, imeis: [imei14, next] })
  }
  return devices.toSorted((a, b) => a.model.tac - b.model.tac)
}
