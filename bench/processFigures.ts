import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/** Linux counts a process's time in hundredths of a second. */
const TICKS = 100

/** A process with all below it. Only Linux tells; elsewhere there is nothing but the process itself. */
function family(root: number): number[] {
  const all = [root]
  for (const pid of all) {
    const threads = `/proc/${pid}/task`
    if (!existsSync(threads)) continue
    for (const thread of readdirSync(threads)) all.push(...childrenOf(`${threads}/${thread}/children`))
  }
  return all
}

function childrenOf(file: string): number[] {
  try {
    return readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch (error) {
    // a thread may have ended since it was listed
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return []
  }
}

/** CPU time of a process and all below it so far, seconds; says more than the clock on a busy machine. NaN where the system does not tell. */
export function cpuOf(root: number): number {
  let ticks = 0
  for (const pid of family(root)) {
    const file = `/proc/${pid}/stat`
    if (!existsSync(file)) return Number.NaN
    // the name in brackets may hold spaces; user and system time are the 12th and 13th words behind it
    const words = readFileSync(file, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    ticks += Number(words[11]) + Number(words[12])
  }
  return ticks / TICKS
}

/** The engine among the processes below the desk's main process; undefined where the system does not tell. */
export const engineOf = (main: number): number | undefined =>
  family(main).find(
    (pid) => existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engine/index.js'),
  )

/** Highest resident memory of a process so far, MB. */
export const peakOf = (pid: number | undefined): number => memoryOf(pid, 'VmHWM')

/** Resident memory of a process now, MB. What it shares with others (the program's own file, pictures the compositor may drop) counts too. */
export const residentOf = (pid: number | undefined): number => memoryOf(pid, 'VmRSS')

/** Resident memory of a process that no other has, MB: what its end would give back. */
export function privateOf(pid: number | undefined): number {
  const file = `/proc/${pid}/smaps_rollup`
  if (pid === undefined || !existsSync(file)) return Number.NaN
  const parts = readFileSync(file, 'utf8').matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)
  return [...parts].reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0) / 1024
}

function memoryOf(pid: number | undefined, figure: 'VmHWM' | 'VmRSS'): number {
  if (pid === undefined || !existsSync(`/proc/${pid}/status`)) return Number.NaN
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [, kilobytes] = new RegExp(`${figure}:\\s+(\\d+) kB`).exec(status) ?? []
  return Number(kilobytes) / 1024
}

/**
 * Puts this process and the registry it started, with its database, behind all others: in an office they stand on other machines, and
 * what they take from the desk's two cores is not the desk's. Only Linux tells which they are.
 */
export function giveWayToTheDesk(): void {
  for (const pid of family(process.pid)) {
    const file = `/proc/${pid}/cmdline`
    if (!existsSync(file)) continue
    const command = readFileSync(file, 'utf8')
    if (pid === process.pid || /registry\.ts|postgres/.test(command)) for (const thread of threadsOf(pid)) lower(thread)
  }
}

const threadsOf = (pid: number): number[] => readdirSync(`/proc/${pid}/task`).map(Number)

function lower(thread: number): void {
  try {
    setPriority(thread, constants.priority.PRIORITY_LOW)
  } catch (error) {
    // a thread may have ended since it was listed
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error
  }
}
