import { describe, expect, it } from 'vitest'
import { FACT_OF_BATCH } from '../../src/domain/batch.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Fact } from '../../src/domain/fact.ts'
import { listingOf } from '../../src/domain/policy.ts'
import { nationalSample } from '../../src/sample/nationalSample.ts'

const TODAY = '2026-11-23'
const WHITE = 40_000
const national = nationalSample({ seed: 3, today: TODAY, white: WHITE })

describe('the national sample', () => {
  it('has the published numbers of black and grey IMEIs and the wished number of white ones', () => {
    const listings = new Map<number, string>()
    const memo = new Map<string, string>()
    const heads = new Map<number, string>()
    national.batches.forEach((batch, b) => {
      for (const { imei14, doc } of batch.rows()) heads.set(imei14, `${heads.get(imei14) ?? ''}${b}:${doc};`)
    })
    for (const [imei14, key] of heads) {
      let list = memo.get(key)
      if (list === undefined) {
        list = listingOf(key.split(';').slice(0, -1).map(factOf), DEFAULT_POLICY).list
        memo.set(key, list)
      }
      listings.set(imei14, list)
    }
    const counts = { black: 0, grey: 0, white: 0, none: 0 }
    for (const list of listings.values()) counts[list as keyof typeof counts]++
    expect(counts).toEqual({ black: 127_682, grey: 886_003, white: WHITE, none: 0 })
  })

  it('streams each batch in ascending order, as many rows as it says, twice the same', () => {
    for (const batch of national.batches) {
      let before = 0
      let rows = 0
      let sum = 0
      for (const row of batch.rows()) {
        if (row.imei14 <= before || !batch.docs[row.doc]) throw new Error(`row ${rows} of ${batch.file}`)
        before = row.imei14
        sum = (sum * 31 + row.imei14 + row.doc) % 1_000_000_007
        rows++
      }
      expect(rows).toBe(batch.count)
      let again = 0
      for (const row of batch.rows()) again = (again * 31 + row.imei14 + row.doc) % 1_000_000_007
      expect(again).toBe(sum)
    }
  })

  it('knows the type of every IMEI', () => {
    const tacs = new Set(national.batches.flatMap((b) => b.tacs.map((t) => t.tac)))
    for (const batch of national.batches)
      for (const { imei14 } of batch.rows()) if (!tacs.has(Math.floor(imei14 / 1e6))) throw new Error(String(imei14))
    expect(tacs.size).toBeGreaterThan(400)
  })
})

function factOf(key: string): Fact {
  const [b, d] = key.split(':').map(Number)
  const batch = national.batches[b as number]
  const doc = batch?.docs[d as number]
  const kind = batch && FACT_OF_BATCH[batch.kind]
  if (!batch || !doc || !kind) throw new Error(key)
  const { op, date, network } = doc
  return { kind, op, date, source: batch.source, batch: batch.file, seq: 1, ...(network && { network }) }
}
