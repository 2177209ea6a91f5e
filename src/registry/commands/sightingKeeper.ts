import { addDays, businessDate } from '../../domain/businessDate.ts'
import type { Instant, IsoDate } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import type { Database } from '../db/pool.ts'
import { forgetBefore } from '../db/sighting/queries.ts'

const EVERY_MS = 6 * 3_600_000
/** Days raw observations are kept where the policy does not say. */
const SIGHTING_DAYS = 400

/** First day whose raw observations are kept. */
export const sightingsKeptFrom = ({ sightingDays = SIGHTING_DAYS }: Policy, now: Instant): IsoDate =>
  addDays(businessDate(now), -sightingDays)

/** Forgets raw observations of subscribers when the policy's days for them are over. */
export class SightingKeeper {
  readonly #db: Database
  readonly #now: () => Instant
  readonly #timer: NodeJS.Timeout

  constructor(db: Database, now: () => Instant, onError: (e: unknown) => void) {
    this.#db = db
    this.#now = now
    this.#timer = setInterval(() => void this.forget().catch(onError), EVERY_MS).unref()
  }

  /** Answers how many were forgotten. */
  async forget(): Promise<number> {
    return forgetBefore(this.#db, sightingsKeptFrom(await currentPolicy(this.#db), this.#now()))
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
