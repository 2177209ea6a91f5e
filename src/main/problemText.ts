import en from '../../resources/locales/en/problem.json' with { type: 'json' }
import kk from '../../resources/locales/kk/problem.json' with { type: 'json' }
import ru from '../../resources/locales/ru/problem.json' with { type: 'json' }
import type { Lang } from '../contract/value.ts'
import { ProblemError } from '../domain/problem.ts'

const TEXTS = { kk, ru, en }

/** Message and remedy of a problem, for main's own dialogs; a bug throws on. */
export function problemText(error: unknown, language: Lang): string {
  if (!(error instanceof ProblemError)) throw error
  const { code, details } = error.problem
  const { message, remedy } = (TEXTS[language] as Record<string, { message: string; remedy: string }>)[code] ?? {
    message: code,
    remedy: '',
  }
  return `${message}\n\n${remedy}`.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(details[name] ?? ''))
}
