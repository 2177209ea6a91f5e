import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

const END_OF_DIRECTORY = Buffer.from('504b0506', 'hex')
const LONGEST_END = 65_557
const STORED = 0
const DEFLATED = 8

/**
 * The entries of a ZIP file's central directory. No ZIP64, no encryption: enough for one known archive.
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<{name: string, method: number, packedBytes: number, mode: number, offset: number}[]>}
 */
async function readDirectory(file) {
  const { size } = await file.stat()
  const tail = Buffer.alloc(Math.min(size, LONGEST_END))
  await file.read(tail, 0, tail.length, size - tail.length)
  const end = tail.lastIndexOf(END_OF_DIRECTORY)
  if (end < 0) throw new Error('no end-of-central-directory record')
  const count = tail.readUInt16LE(end + 10)
  const directory = Buffer.alloc(tail.readUInt32LE(end + 12))
  const offset = tail.readUInt32LE(end + 16)
  if (offset === 0xffffffff) throw new Error('ZIP64 is not supported')
  await file.read(directory, 0, directory.length, offset)

  const entries = []
  let at = 0
  for (let i = 0; i < count; i++) {
    const nameBytes = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      offset: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * Unpacks the files of a ZIP archive for which `place` gives a path relative to `destination`.
 * @param {string} archive path of the ZIP file
 * @param {string} destination absolute folder
 * @param {(name: string) => string | undefined} place entry name to relative path, undefined to leave it out
 * @throws when the archive is broken or an entry would land outside the destination
 */
export async function unzip(archive, destination, place) {
  const file = await open(archive)
  try {
    for (const entry of await readDirectory(file)) {
      const relative = place(entry.name)
      if (!relative || entry.name.endsWith('/')) continue
      const target = resolve(destination, relative)
      if (!target.startsWith(destination + sep)) throw new Error(`unsafe path in the archive: ${entry.name}`)
      await mkdir(dirname(target), { recursive: true })

      const local = Buffer.alloc(30)
      await file.read(local, 0, local.length, entry.offset)
      const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
      const packed = createReadStream(archive, { start, end: start + entry.packedBytes - 1 })
      const sink = createWriteStream(target, { mode: entry.mode & 0o777 || 0o644 })
      if (entry.method === DEFLATED) await pipeline(packed, createInflateRaw(), sink)
      else if (entry.method === STORED) await pipeline(packed, sink)
      else throw new Error(`${entry.name}: ZIP method ${entry.method} is not supported`)
    }
  } finally {
    await file.close()
  }
}
