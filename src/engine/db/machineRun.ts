import { existsSync, readFileSync } from 'node:fs'
import { uptime } from 'node:os'

const BOOT_ID = '/proc/sys/kernel/random/boot_id'

/**
 * Names the time since this machine was started: what a process wrote without waiting for the disk is there for the next one as long as it
 * is the same. Where the system gives no name, the minute it began in, by its clock: set meanwhile, it counts as another one.
 */
export const machineRun = (): string =>
  existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : String(Math.round((Date.now() / 1000 - uptime()) / 60))
