import { randomBytes } from 'node:crypto'
import type { Instant } from '../../domain/fact.ts'

/** A UUID version 7 (RFC 9562): begins with the milliseconds of `at`, so ids of one desk sort by time. */
export function uuid7(at: Instant): string {
  const ms = Date.parse(at).toString(16).padStart(12, '0')
  const random = randomBytes(10)
  random[0] = 0x70 | ((random[0] ?? 0) & 0x0f)
  random[2] = 0x80 | ((random[2] ?? 0) & 0x3f)
  const tail = random.toString('hex')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`
}
