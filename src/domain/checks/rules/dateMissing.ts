import { rule } from '../rule.ts'

/** No date where what is reported needs one. */
export const dateMissing = rule({
  code: 'date-missing',
  scope: 'row',
  level: 'warning',
  levels: { customs: 'error', operator: 'error', border: 'error' },
})
