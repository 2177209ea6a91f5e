import { fileRule, percent } from '../fileRule.ts'

/** Too large a share of the rows is rejected: the wrong file, the wrong columns, or a sender who must be asked. */
export const guardBadRows = fileRule({
  code: 'guard-bad-rows',
  scope: 'file',
  level: 'error',
  limits: { share: 0.1 },
  find({ counts: { rows, rejected } }, limit) {
    if (rows === 0 || rejected / rows <= limit('share')) return null
    return { rejected, rows, share: percent(rejected, rows) }
  },
})
