import { readdirSync } from 'node:fs'
import { constants, getPriority, setPriority } from 'node:os'

/**
 * Lets the window be drawn before the engine works. Chromium lifts the first thread of each of its processes, where it may, above the
 * threads that draw, and all that the engine starts would be lifted with it; they come back to where a program begins. Only Linux has
 * priorities of threads.
 */
export function letTheWindowGoFirst(): void {
  if (process.platform !== 'linux') return
  const { PRIORITY_NORMAL } = constants.priority
  for (const thread of readdirSync('/proc/self/task').map(Number))
    if (getPriority(thread) < PRIORITY_NORMAL) setPriority(thread, PRIORITY_NORMAL)
}
