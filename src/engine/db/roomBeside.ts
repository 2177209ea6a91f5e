import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { isNoRoom } from '../../contract/noRoom.ts'

const PROBE_BYTES = 64 * 1024

/**
 * Whether nothing more can be written beside a file. SQLite says `SQLITE_FULL` of a full disk alone: a used-up quota and a file that
 * could not be mapped for want of room look to it as a disk that breaks.
 */
export function isRoomGone(path: string): boolean {
  const probe = `${path}.room`
  try {
    const file = openSync(probe, 'w', 0o600)
    try {
      // what still fits is written, and only the rest refused
      for (let at = 0; at < PROBE_BYTES; ) at += writeSync(file, Buffer.alloc(PROBE_BYTES - at))
    } finally {
      closeSync(file)
    }
    return false
  } catch (error) {
    return isNoRoom(error)
  } finally {
    rmSync(probe, { force: true })
  }
}
