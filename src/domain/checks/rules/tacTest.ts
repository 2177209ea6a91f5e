import { rule } from '../rule.ts'

/** A type code for testing devices (GSMA TS.06); real devices never carry one. */
export const tacTest = rule({ code: 'tac-test', scope: 'row', level: 'warning' })
