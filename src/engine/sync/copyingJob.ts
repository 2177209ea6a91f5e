import type { Jobs, RunningJob } from './jobs.ts'

/** Lists smaller than this are in before anybody could read that they come. */
const WORTH_A_JOB = 100_000

/** Shows the copying of large lists into the mirror as jobs, one a batch. */
export function copyingJob(jobs: Jobs): (batch: string, rows: number, total: number) => void {
  let running: { batch: string; job: RunningJob } | null = null
  return (batch, rows, total) => {
    if (total < WORTH_A_JOB) return
    if (running?.batch !== batch) {
      // the one before ended without its last row: the connection broke, it comes again
      running?.job.end('failed')
      running = { batch, job: jobs.start({ id: `copy-${batch}`, kind: 'sync', subject: batch, unit: 'rows' }) }
    }
    running.job.progress(rows, total)
    if (rows < total) return
    running.job.end('done')
    running = null
  }
}
