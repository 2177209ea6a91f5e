/** A suite of faults as a soak repeats it. */
export interface Suite {
  readonly name: string
  readonly file: string
  /** Cases wanted in all. */
  readonly wanted: number
  /** Cases of one round, which has desks and registries of its own: what a case costs does not grow with those before it. */
  readonly round: number
  /** About how long a case takes on two busy cores, before a run has measured it. */
  readonly msEach: number
}

export const SUITES: readonly Suite[] = [
  { name: 'mixed', file: 'test/sync/faults/mixed.test.ts', wanted: 20_000, round: 400, msEach: 400 },
  { name: 'killed-import', file: 'test/sync/faults/killedImport.test.ts', wanted: 2_000, round: 60, msEach: 1_500 },
  { name: 'killed-segment', file: 'test/engine/core/killed.test.ts', wanted: 2_000, round: 200, msEach: 250 },
  { name: 'write-ahead', file: 'test/sync/faults/writeAhead.test.ts', wanted: 50_000, round: 2_500, msEach: 10 },
  { name: 'model', file: 'test/sync/faults/model.test.ts', wanted: 200_000, round: 1_800, msEach: 60 },
  { name: 'failover', file: 'test/sync/faults/failover.test.ts', wanted: 30, round: 2, msEach: 25_000 },
]
