import { type ProblemText, problemText } from '../../contract/problemText.ts'
import type { Lang } from '../../contract/value.ts'
import { type Problem, ProblemError } from '../../domain/problem.ts'
import { queryClient, reading } from './queries.ts'

/** The problem an error carries; a bug shows as `internal` with its own text as reference. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const ref = error instanceof Error ? error.message : String(error)
  return { code: 'internal', details: { call: 'window', ref } }
}

/** Words for a problem in the window: an officer is told by the name people call him, not by that with which he signs in. */
export function problemWords(problem: Problem, language: Lang): ProblemText {
  const { officer } = problem.details
  const known = queryClient.getQueryData(reading('officers', {}).queryKey)?.find(({ id }) => id === officer)
  return problemText(known ? { ...problem, details: { ...problem.details, officer: known.name } } : problem, language)
}
