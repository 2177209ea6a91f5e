import { setImmediate as breathe } from 'node:timers/promises'
import type { SegmentRef } from '../../contract/registry.ts'
import { OBSERVATION_SCHEMA, SEGMENT_LIMITS } from '../../contract/segment.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate, Network } from '../../domain/fact.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { damaged, isSqliteError, openSegment } from './openSegment.ts'

/** One raw observation: this IMEI with this subscriber on that day. Empty: not said. */
export interface Observation {
  readonly imei14: Imei14
  readonly day: IsoDate
  readonly imsi: string
  readonly msisdn: string
  readonly rat: string
  readonly network: Network
  readonly region: string
}

const BREATH = 20_000

/**
 * The observations of a part, checked value by value: they come from outside.
 * @throws ProblemError `blob-missing`, `segment-damaged`
 */
export async function* readObservations(
  blobs: BlobStore,
  ref: SegmentRef,
  batch: string,
): AsyncGenerator<Observation[]> {
  if (ref.rows > SEGMENT_LIMITS.rows) throw damaged(ref.sha256, 'too many rows')
  const db = await openSegment(await blobs.read(ref.sha256), ref, OBSERVATION_SCHEMA)
  try {
    const named = db.prepare(`SELECT value FROM meta WHERE key = 'batch'`).pluck().get()
    if (named !== batch) throw damaged(ref.sha256, `it is of batch ${String(named)}`)
    const rows = db
      .prepare(
        `SELECT imei14, day, coalesce(imsi, '') AS imsi, coalesce(msisdn, '') AS msisdn, coalesce(rat, '') AS rat, network,
           coalesce(region, '') AS region FROM sighting ORDER BY no`,
      )
      .iterate() as IterableIterator<Observation>
    let block: Observation[] = []
    let read = 0
    for (const row of rows) {
      if (isWrong(row)) throw damaged(ref.sha256, `observation ${read + 1}`)
      block.push(row)
      read++
      if (block.length < BREATH) continue
      yield block
      block = []
      await breathe()
    }
    if (read !== ref.rows) throw damaged(ref.sha256, `it has ${read} rows, not ${ref.rows}`)
    if (block.length > 0) yield block
  } catch (e) {
    throw isSqliteError(e) ? damaged(ref.sha256, (e as Error).message) : e
  } finally {
    db.close()
  }
}

const isWrong = (o: Observation): boolean =>
  !Number.isSafeInteger(o.imei14) ||
  o.imei14 <= 0 ||
  o.imei14 > 99_999_999_999_999 ||
  !isIsoDate(o.day) ||
  !/^\d{0,15}$/.test(o.imsi) ||
  !/^\+?\d{0,15}$/.test(o.msisdn) ||
  o.rat.length > 40 ||
  o.region.length > 100
