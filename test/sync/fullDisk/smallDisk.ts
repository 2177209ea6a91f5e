import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A folder in which room can be taken away and given back. */
export interface Disk {
  readonly path: string
  /** Leaves so many bytes. */
  fill(free: number): void
  room(): void
}

/** A file system of its own in memory; needs the right to mount, which `unshare` gives to everybody in a name space of his own. */
export function smallFileSystem(path: string, bytes: number): Disk {
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0755`, 'tmpfs', path])
  const ballast = join(path, 'ballast')
  return {
    path,
    fill: (free) => {
      rmSync(ballast, { force: true })
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - free)))
    },
    room: () => rmSync(ballast, { force: true }),
  }
}

/** Less than the smallest of a desk's files needs. */
const LIMIT_BYTES = 16 * 1024

/**
 * A folder in which no file of this process may grow, as under a used-up quota: each write beyond the first 16 kB of any file ends with
 * EFBIG. The process must have been started with SIGXFSZ ignored.
 */
export function limitedFiles(path: string): Disk {
  mkdirSync(path)
  const allow = (most: string): void => {
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${most}:unlimited`])
  }
  return { path, fill: () => allow(String(LIMIT_BYTES)), room: () => allow('unlimited') }
}
