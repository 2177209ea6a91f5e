import type { Problem, ProblemCode } from '../../domain/problem.ts'

const STATUS: Partial<Record<ProblemCode, number>> = {
  'bad-message': 400,
  'desk-unknown': 401,
  'signature-wrong': 401,
  'unknown-officer': 401,
  'desk-revoked': 403,
  'blob-missing': 404,
  'not-available': 404,
  'epoch-changed': 409,
  'command-changed': 409,
  'blob-damaged': 422,
  internal: 500,
}

/** HTTP status a problem travels under. */
export const statusOf = (p: Problem): number => STATUS[p.code] ?? 422
