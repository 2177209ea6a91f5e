import { rule } from '../rule.ts'

/** The line of the declaration names another number of devices than the file has of it. */
export const quantityMismatch = rule({
  code: 'quantity-mismatch',
  scope: 'file',
  level: 'warning',
  may: ['warning', 'off'],
})
