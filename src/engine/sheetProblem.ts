import { ProblemError, problem } from '../domain/problem.ts'
import { SheetError } from '../sheet/sheetError.ts'

/** A SheetError as the problem it is for an officer; anything else passes unchanged. Use: `catch (e) { throw asProblem(e) }`. */
export function asProblem(error: unknown): unknown {
  if (!(error instanceof SheetError)) return error
  const details: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(error.details)) if (value !== undefined) details[name] = value
  return new ProblemError(problem(error.code, details), { cause: error })
}
