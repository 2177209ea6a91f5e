import { rule } from '../rule.ts'

/** The 12th digit fits neither pass of the weights. */
export const identityCheckDigit = rule({
  code: 'identity-check-digit',
  scope: 'row',
  level: 'warning',
  levels: { customs: 'error', border: 'error' },
})
