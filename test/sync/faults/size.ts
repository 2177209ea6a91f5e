import { appendFileSync } from 'node:fs'

/** How many faults a suite makes: `ci` in every test run; `npm run soak` says how many in TAMGA_FAULTS for each of its rounds. */
export function faults(ci: number): number {
  const asked = process.env.TAMGA_FAULTS
  if (asked === undefined) return ci
  const count = Number(asked)
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`TAMGA_FAULTS=${asked} is no number of faults`)
  return count
}

/** Whether this is a round of `npm run soak`. */
export const SOAKING = process.env.TAMGA_FAULTS !== undefined

/** A fixed seed, so that a failure comes again; each round of `npm run soak` has its own. */
export const SEED = Number(process.env.TAMGA_SEED ?? 20_261_123)

export interface Outcome {
  readonly fault: string
  readonly count: number
  readonly lost: number
  readonly doubled: number
  readonly gaps: number
  readonly halfApplied: number
}

/** A line of the table, with the time since the line before it or since the suite was loaded. */
export interface Told extends Outcome {
  readonly seconds: number
}

let since = performance.now()

/** Hands a line of the table to `npm run soak`. */
export function report(outcome: Outcome): void {
  const seconds = (performance.now() - since) / 1000
  since = performance.now()
  const file = process.env.TAMGA_FAULTS_REPORT
  const told: Told = { ...outcome, seconds }
  if (file) appendFileSync(file, `${JSON.stringify(told)}\n`)
}

/** Time a suite may take on a busy machine: five minutes for its start and end, and so long for each fault. */
export const patience = (count: number, msEach: number): number => 300_000 + count * msEach
