import { isNoRoom } from '../../contract/noRoom.ts'
import { type Problem, type ProblemCode, problem } from '../../domain/problem.ts'
import { connectionLost, sqlState } from '../db/pool.ts'

const STATUS: Partial<Record<ProblemCode, number>> = {
  'bad-message': 400,
  'desk-unknown': 401,
  'operator-token-wrong': 401,
  'signature-wrong': 401,
  'clock-wrong': 401,
  'unknown-officer': 401,
  'portal-unknown': 401,
  'appeal-secret-wrong': 401,
  'desk-revoked': 403,
  'blob-missing': 404,
  'not-available': 404,
  'epoch-changed': 409,
  'command-changed': 409,
  'digest-between': 409,
  'snapshot-needed': 410,
  'enrolment-needed': 401,
  'enrolment-code-wrong': 403,
  'too-many-requests': 429,
  'blob-damaged': 422,
  internal: 500,
  'registry-unreachable': 503,
  'disk-full': 507,
}

/** HTTP status a problem travels under. */
export const statusOf = (p: Problem): number => STATUS[p.code] ?? 422

/**
 * Trouble of the machine below, not of the request: whether the command was done is unknown, so the desk asks again later. Null for
 * everything else.
 */
export function machineTrouble(e: Error): Problem | null {
  if (sqlState(e) === '53100' || isNoRoom(e)) return problem('disk-full', { file: 'registry' })
  return connectionLost(e) ? problem('registry-unreachable', { registry: '', reason: 'database' }) : null
}
