import { rule } from '../rule.ts'

/** A repeated row whose IMEI an earlier row of the file has under another declaration: one device cannot be declared twice. */
export const declaredTwice = rule({ code: 'declared-twice', scope: 'file', level: 'warning', may: ['warning', 'off'] })
