import { rule } from '../rule.ts'

/** Not 12 digits, and no lost zeros either. */
export const identityLength = rule({
  code: 'identity-length',
  scope: 'row',
  level: 'warning',
  levels: { customs: 'error', border: 'error' },
})
