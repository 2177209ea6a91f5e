import { businessDate } from '../../domain/businessDate.ts'
import type { Instant, IsoDate, Seq } from '../../domain/fact.ts'
import { imei14Text, parseImei } from '../../domain/imei.ts'
import { trouble } from '../../domain/problem.ts'
import { type PublicAnswer, publicAnswer } from '../../domain/publicAnswer.ts'
import type { Database } from '../db/pool.ts'
import type { ChecksTogether } from './checksTogether.ts'

export interface CheckedImei extends PublicAnswer {
  readonly imei: string
  readonly imei14: string
  readonly asOf: { readonly seq: Seq; readonly at: Instant; readonly date: IsoDate }
}

/**
 * Answers the public question about one IMEI of 14, 15 or 16 digits.
 * @throws ProblemError `imei-unusable`; a wrong check digit too, unless the code is known so (counterfeits are malformed by nature)
 */
export async function checkImei(
  checks: ChecksTogether,
  db: Database,
  asked: string,
  now: Instant,
): Promise<CheckedImei> {
  const parsed = parseImei(asked.slice(0, 60))
  if (!parsed.ok) throw trouble('imei-unusable', { ...parsed.details, value: asked.slice(0, 60), fault: parsed.fault })
  const { imei14, digits, check } = parsed.imei
  const date = businessDate(now)
  const { head: seq, policy, facts } = await checks.about(db, imei14)
  if (check === 'wrong' && facts.length === 0)
    throw trouble('imei-unusable', { value: asked.slice(0, 60), fault: 'imei-check-digit' })
  const answer = publicAnswer(facts, policy, date)
  return { imei: digits, imei14: imei14Text(imei14), ...answer, asOf: { seq, at: now, date } }
}
