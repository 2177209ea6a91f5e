import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether processes can be made to stand still here, so that their files can be taken. */
export const CAN_FREEZE = existsSync('/proc/self/task')

/** State of each thread of a process: the letter behind the name in brackets. */
function threadStates(pid: number): string[] {
  const tasks = `/proc/${pid}/task`
  return readdirSync(tasks).map((thread) => {
    const stat = readFileSync(join(tasks, thread, 'stat'), 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2)
  })
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'ENOENT')

function go(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT')
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

/**
 * Copies a folder as `kill -9` at this moment would leave it, into a new one; null when the process is gone. The process stands still
 * meanwhile, at the place where the signal that kills would have met it, and knows nothing of it: one life gives many deaths.
 */
export function folderAsKilled(pid: number, folder: string): string | null {
  try {
    process.kill(pid, 'SIGSTOP')
    // told to stop, each thread does what it does in the kernel to its end, as it would when killed
    while (threadStates(pid).some((state) => state !== 'T'))
      if (threadStates(pid).some((state) => state === 'Z' || state === 'X')) return null
    const copy = mkdtempSync(join(tmpdir(), 'tamga-killed-'))
    cpSync(folder, copy, { recursive: true })
    return copy
  } catch (error) {
    // it ended by itself before it could be stopped
    if (isGone(error)) return null
    throw error
  } finally {
    go(pid)
  }
}
