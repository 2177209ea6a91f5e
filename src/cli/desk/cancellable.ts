import { randomUUID } from 'node:crypto'
import { trouble } from '../../domain/problem.ts'
import type { CommandContext } from './command.ts'

/** Runs long work under a job of its own; Ctrl+C cancels the job, which leaves nothing behind, and the command ends as `cancelled`. */
export async function cancellable<T>(
  { engine, signal }: Pick<CommandContext, 'engine' | 'signal'>,
  work: (job: string) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw trouble('cancelled')
  const job = randomUUID()
  const cancel = (): void => void engine.call('cancel-job', { id: job })
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await work(job)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
