import { rule } from '../rule.ts'

/** No date in a form that is known. */
export const dateUnreadable = rule({ code: 'date-unreadable', scope: 'row', level: 'error' })
