import { problemText } from '../../contract/problemText.ts'
import type { Lang } from '../../contract/value.ts'
import type { Problem } from '../../domain/problem.ts'

/** A problem as the command line's JSON shows it. */
export function problemJson({ code, details }: Problem, lang: Lang) {
  const { message } = problemText({ code, details }, lang)
  return { code, message, ref: typeof details.ref === 'string' ? details.ref : null, details }
}
