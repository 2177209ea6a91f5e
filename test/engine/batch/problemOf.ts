import { ProblemError } from '../../../src/domain/problem.ts'

/** Code of the problem that the work runs into; `none` when it goes through. */
export function problemOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code
    throw error
  }
  return 'none'
}
