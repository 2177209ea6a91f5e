import { appendFileSync } from 'node:fs'

/**
 * How many faults a suite makes: `ci` in every test run, up to `soak` under `npm run soak`, which sets TAMGA_SOAK to the share of the
 * soak size it wants (1: all of it).
 */
export function faults(ci: number, soak: number): number {
  const share = Number(process.env.TAMGA_SOAK ?? 0)
  if (!(share >= 0 && share <= 1)) throw new Error(`TAMGA_SOAK=${process.env.TAMGA_SOAK} is no share`)
  return Math.max(ci, Math.round(soak * share))
}

/** A fixed seed, so that a failure comes again; `npm run soak -- --seed N` takes another walk. */
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
  const file = process.env.TAMGA_SOAK_REPORT
  const told: Told = { ...outcome, seconds }
  if (file) appendFileSync(file, `${JSON.stringify(told)}\n`)
}

/** Time a suite may take on a busy machine: five minutes for its start and end, and so long for each fault. */
export const patience = (count: number, msEach: number): number => 300_000 + count * msEach
