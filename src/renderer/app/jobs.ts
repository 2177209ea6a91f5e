import { useSyncExternalStore } from 'react'
import type { Job } from '../../contract/engine/session.ts'

/** Jobs of the engine as it reports them: at most 20, the finished ones leave first. */
const KEPT = 20
let jobs: readonly Job[] = []
const listeners = new Set<() => void>()

/** Waiting, running or halted: not at its end. */
export const isOpen = ({ state }: Job): boolean => state === 'queued' || state === 'running' || state === 'paused'

/** Takes a job's newest figures. */
export function putJob(job: Job): void {
  const others = jobs.filter(({ id }) => id !== job.id)
  jobs = [job, ...others].sort((a, b) => Number(isOpen(b)) - Number(isOpen(a))).slice(0, KEPT)
  for (const tell of listeners) tell()
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** All jobs known, running ones first. */
export const useJobs = (): readonly Job[] => useSyncExternalStore(subscribe, () => jobs)

/** The job of this id, if it has reported. */
export const useJob = (id: string | null): Job | null => useJobs().find((job) => job.id === id) ?? null

/** Seconds left at the present rate; null while unknown. */
export const secondsLeft = (job: Job): number | null =>
  job.total === null || job.perSecond <= 0 ? null : Math.max(0, (job.total - job.done) / job.perSecond)
