import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** The lines of postmaster.pid that matter here. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/** What postmaster.pid says; null when there is none (yet). */
export async function readPostmaster(folder: string): Promise<Postmaster | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT') return null
    throw e
  })
  const lines = text?.split('\n') ?? []
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' } : null
}

/** Whether a process of this id exists. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ESRCH') return false
    if ((e as NodeJS.ErrnoException).code === 'EPERM') return true
    throw e
  }
}

/** Whether the process is the PostgreSQL of this folder: its number may have gone to another program since. */
async function servesFolder(pid: number, folder: string): Promise<boolean> {
  if (!alive(pid)) return false
  if (process.platform !== 'linux') return true
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return words.split('\0').includes(folder)
}

/**
 * Ends a PostgreSQL that outlived its registry (killed, power cut) and removes a pid file that names nobody, so that the next one
 * starts. The caller holds the registry's lock: nobody else uses the folder.
 */
export async function clearLeftover(folder: string): Promise<void> {
  const left = await readPostmaster(folder)
  if (!left) return
  if (await servesFolder(left.pid, folder)) await endProcess(left.pid)
  await rm(join(folder, 'postmaster.pid'), { force: true })
}

/** Fast shutdown, and when that takes too long an immediate one; both keep every committed transaction. */
export async function endProcess(pid: number, patienceMs = 30_000): Promise<void> {
  if (!signal(pid, 'SIGINT')) return
  if (await ended(pid, patienceMs)) return
  signal(pid, 'SIGQUIT')
  if (await ended(pid, 5_000)) return
  signal(pid, 'SIGKILL')
  await ended(pid, 5_000)
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  if (!alive(pid)) return false
  process.kill(pid, name)
  return true
}

async function ended(pid: number, patienceMs: number): Promise<boolean> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(20)) if (!alive(pid)) return true
  return !alive(pid)
}
