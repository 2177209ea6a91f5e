import { readFile, writeFile } from 'node:fs/promises'

/** Electron marks its fuse wire in the binary with this text; after it: version, count, one byte a fuse. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
const ABSENT = 0x72
const ON = 0x31
const OFF = 0x30

/** Numbers of the fuses in wire version 1. */
export const FUSE = {
  runAsNode: 0,
  nodeOptions: 2,
  nodeCliInspect: 3,
  asarIntegrity: 4,
  onlyLoadAppFromAsar: 5,
  browserSnapshot: 6,
}

/**
 * Flips fuses in an Electron binary.
 * @param {string} binary path
 * @param {[number, boolean][]} wanted fuse number and state
 */
export async function setFuses(binary, wanted) {
  const bytes = await readFile(binary)
  const found = bytes.indexOf(SENTINEL)
  if (found < 0 || bytes.indexOf(SENTINEL, found + 1) >= 0) throw new Error('the fuse wire was not found exactly once')
  const wire = found + SENTINEL.length
  if (bytes[wire] !== 1) throw new Error(`fuse wire version ${bytes[wire]} is not known`)
  for (const [fuse, on] of wanted) {
    if (fuse >= bytes[wire + 1] || bytes[wire + 2 + fuse] === ABSENT) throw new Error(`fuse ${fuse} is absent`)
    bytes[wire + 2 + fuse] = on ? ON : OFF
  }
  await writeFile(binary, bytes)
}
