import { rule } from '../rule.ts'

/** The column says neither home, nor roaming, nor M2M. */
export const networkUnknown = rule({ code: 'network-unknown', scope: 'row', level: 'warning' })
