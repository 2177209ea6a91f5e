import { rule } from '../rule.ts'

/** The quantity is no number of devices. */
export const quantityForm = rule({ code: 'quantity-form', scope: 'row', level: 'warning' })
