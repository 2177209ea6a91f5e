import { type Problem, ProblemError } from '../../domain/problem.ts'

/** The problem an error carries; a bug shows as `internal` with its own text as reference. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const ref = error instanceof Error ? error.message : String(error)
  return { code: 'internal', details: { call: 'window', ref } }
}
