import type { Level } from './rule.ts'

/**
 * How the ministry tunes the checks: what the rules say themselves holds where nothing is written here. `levels` by code of the rule, or
 * by kind of list and code ("customs/tac-unknown"); `limits` by code and name ("guard-size/share").
 */
export interface CheckPolicy {
  readonly levels: Readonly<Record<string, Level>>
  readonly limits: Readonly<Record<string, number>>
}
