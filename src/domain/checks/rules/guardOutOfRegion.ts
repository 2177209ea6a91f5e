import { fileRule, percent } from '../fileRule.ts'

/** Most of an operator's observations are of SIMs or numbers of other countries: probably the data of another region or network. */
export const guardOutOfRegion = fileRule({
  code: 'guard-out-of-region',
  scope: 'file',
  level: 'warning',
  limits: { share: 0.5, rows: 10 },
  find({ counts: { rows }, outOfRegion }, limit) {
    const wrong = rows >= limit('rows') && outOfRegion > rows * limit('share')
    return wrong ? { foreign: outOfRegion, rows, share: percent(outOfRegion, rows) } : null
  },
})
