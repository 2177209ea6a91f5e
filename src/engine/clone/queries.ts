import type { CloneCase } from '../../contract/engine/clones.ts'
import type { CloneState } from '../../domain/cloneCase.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'

interface Row {
  readonly no: number
  readonly id: string
  readonly imei14: Imei14
  readonly state: CloneState
  readonly grounds: string
  readonly holders: number
  readonly openedAt: string
  readonly by: string | null
  readonly verdict: CloneCase['verdict']
  readonly holder: string | null
  readonly note: string
  readonly signatures: string
  readonly endedAt: string | null
}

const CASE = `SELECT no, id, imei14, state, grounds, holders, opened_at AS openedAt, by, verdict, holder, note, signatures, ended_at AS endedAt
  FROM clone_case`

export const CASES = `${CASE} WHERE no < ?1 ORDER BY no DESC LIMIT ?2`
export const CASES_OF_STATE = `${CASE} WHERE state = ?3 AND no < ?1 ORDER BY no DESC LIMIT ?2`

const caseOf = ({ id, imei14, grounds, holder, signatures, ...row }: Row): CloneCase => ({
  ...row,
  case: id,
  imei14: imei14Text(imei14),
  grounds: JSON.parse(grounds) as CloneCase['grounds'],
  holder: holder === null ? null : (JSON.parse(holder) as CloneCase['holder']),
  signatures: JSON.parse(signatures) as string[],
})

/** Cases, the latest first, those before a number. */
export const cloneCases = (
  cache: Reader,
  state: CloneState | null,
  before: number | null,
  limit: number,
): CloneCase[] => {
  const page = [before ?? Number.MAX_SAFE_INTEGER, limit]
  const rows =
    state === null ? cache.query<Row>(CASES).all(...page) : cache.query<Row>(CASES_OF_STATE).all(...page, state)
  return rows.map(caseOf)
}

/** A case by its number or id; throws `clone-unknown`. */
export function caseOrTrouble(cache: Reader, name: string): CloneCase {
  const row = /^\d{1,15}$/.test(name)
    ? cache.query<Row>(`${CASE} WHERE no = ?`).get(Number(name))
    : cache.query<Row>(`${CASE} WHERE id = ?`).get(name.toLowerCase())
  if (!row) throw trouble('clone-unknown', { case: name })
  return caseOf(row)
}
