import type { AppealWhole } from '../../contract/engine/appeal.ts'

type Lease = AppealWhole['lease']

/** Whether a lease is over at an instant (ms) or ends within so many ms of it; an appeal that nobody holds has nothing that ends. */
export const endsWithin = (lease: Lease, now: number, ms: number): boolean =>
  lease !== null && Date.parse(lease.until) - now < ms
