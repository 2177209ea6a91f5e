import { fileRule, percent } from '../fileRule.ts'

/**
 * Leading zeros are gone in a whole column: the sender's program took it for numbers. What could be restored was; but a column in which
 * so many had to be may hold numbers that were never complete.
 */
export const guardZerosLost = fileRule({
  code: 'guard-zeros-lost',
  scope: 'file',
  level: 'warning',
  limits: { share: 0.5, rows: 10 },
  find({ counts: { rows, problems } }, limit) {
    const count = (...codes: string[]): number => codes.reduce((n, code) => n + (problems[code] ?? 0), 0)
    const lost = Math.max(count('imei-lost-zero', 'imei-zero-unclear'), count('identity-lost-zero'))
    return rows >= limit('rows') && lost > rows * limit('share') ? { lost, rows, share: percent(lost, rows) } : null
  },
})
