import { fileRule } from '../fileRule.ts'

/** A full list much smaller than the one it replaces: probably a part of it, which would unlist all the others. */
export const guardSize = fileRule({
  code: 'guard-size',
  scope: 'file',
  level: 'error',
  limits: { share: 0.75 },
  find({ counts: { imeis }, before }, limit) {
    return before !== null && before > 0 && imeis < before * limit('share') ? { imeis, before } : null
  },
})
