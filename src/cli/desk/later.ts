import { trouble } from '../../domain/problem.ts'
import type { Command } from './command.ts'

/** A command of a later version: it says so and does nothing. */
export const later = (name: string): Command => {
  const refuse = (): never => {
    throw trouble('not-available', { command: name })
  }
  return { options: ANY, check: refuse, run: async () => refuse() }
}

/** Options that these commands will have, so that the answer is the same with and without them. */
const ANY = { until: 'one', out: 'one', set: 'many' } as const
