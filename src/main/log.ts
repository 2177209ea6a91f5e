import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const LARGEST = 5_000_000

/** Writes lines of `{at, from, text}` to the desk's log and to stderr. Never what an officer typed, never a key. */
export interface Log {
  write(from: string, text: string): void
}

/** Opens `<home>/logs/desk.log`; a log grown past 5 MB is kept once as `desk.old.log`. */
export function openLog(home: string): Log {
  const folder = join(home, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'desk.log')
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST) renameSync(file, join(folder, 'desk.old.log'))
  return {
    write: (from, text) => {
      const line = JSON.stringify({ at: new Date().toISOString(), from, text })
      appendFileSync(file, `${line}\n`, { mode: 0o600 })
      process.stderr.write(`${line}\n`)
    },
  }
}
