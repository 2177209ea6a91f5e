import { rule } from '../rule.ts'

/** Not the form of a declaration (NNNNN/DDMMYY/NNNNNNN); its form only warns. */
export const declarationForm = rule({ code: 'declaration-form', scope: 'row', level: 'warning' })
