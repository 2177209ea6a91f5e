import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { trouble } from '../../domain/problem.ts'

export interface BlobState {
  /** Bytes that stand here; of a complete blob its size. */
  readonly bytes: number
  readonly complete: boolean
}

/** Largest blob taken: a segment of 1 M rows is some 10 MB, a scan rarely 50. */
export const MAX_BLOB_BYTES = 1024 * 1024 * 1024

/**
 * Files named by the SHA-256 of their bytes. A blob counts only once it is whole: written, synced, hashed, then renamed into place; what
 * arrived of an upload stays beside for the next part.
 */
export class BlobStore {
  readonly #whole: string
  readonly #parts: string
  /** Uploads under way in this process: two desks that send the same file must not interleave. */
  readonly #arriving = new Set<string>()

  /** Folder of the registry's data. */
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
    this.#whole = join(folder, 'blobs')
    this.#parts = join(folder, 'uploads')
  }

  async state(sha256: string): Promise<BlobState> {
    const whole = await sizeOf(this.#path(sha256))
    if (whole !== null) return { bytes: whole, complete: true }
    return { bytes: (await sizeOf(this.#part(sha256))) ?? 0, complete: false }
  }

  /** Stores bytes that are at hand (the registry's own segments, sample evidence); answers their name. */
  async put(content: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(content).digest('hex')
    if ((await this.state(sha256)).complete) return sha256
    const path = join(this.#parts, `${sha256}.${process.pid}.${Math.random().toString(36).slice(2)}`)
    await mkdir(this.#parts, { recursive: true })
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await this.#promote(path, sha256)
    return sha256
  }

  /**
   * Appends a part that begins at `offset` of `total` bytes; the last part makes the blob whole. What is left of `content` when it fails
   * is for the caller to read or to end.
   * @throws ProblemError `blob-damaged` when the whole does not hash to its name (the upload starts anew)
   * @returns null when the part begins elsewhere than where the upload stands
   */
  async append(sha256: string, content: Readable, offset: number, total: number | null): Promise<BlobState | null> {
    const before = await this.state(sha256)
    if (before.complete) return before
    if (before.bytes !== offset || this.#arriving.has(sha256)) return null
    this.#arriving.add(sha256)
    try {
      return await this.#take(sha256, content, offset, total)
    } finally {
      this.#arriving.delete(sha256)
    }
  }

  /**
   * Makes what stands of an upload the blob: all of its bytes came, and the process ended before it counted.
   * @throws ProblemError `blob-damaged` when it does not hash to its name (the upload starts anew)
   * @returns null when less than `total` bytes stand
   */
  async finish(sha256: string, total: number): Promise<BlobState | null> {
    const before = await this.state(sha256)
    if (before.complete) return before
    if (before.bytes < total || this.#arriving.has(sha256)) return null
    this.#arriving.add(sha256)
    try {
      return await this.#count(sha256)
    } finally {
      this.#arriving.delete(sha256)
    }
  }

  async #take(sha256: string, content: Readable, offset: number, total: number | null): Promise<BlobState> {
    const path = this.#part(sha256)
    await mkdir(this.#parts, { recursive: true })
    const limit = Math.min(total ?? MAX_BLOB_BYTES, MAX_BLOB_BYTES)
    let arrived = offset
    const counted = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        arrived += chunk.length
        if (arrived > limit) throw trouble('blob-damaged', { sha256 })
        yield chunk
      }
    }
    // where this fails, whoever asked reads on: a sender who is not listened to does not hear the answer
    const chunks = content.iterator({ destroyOnReturn: false })
    await pipeline(chunks, counted, createWriteStream(path, { flags: 'a', mode: 0o600, flush: true }))
    const now = (await sizeOf(path)) ?? 0
    return total !== null && now < total ? { bytes: now, complete: false } : this.#count(sha256)
  }

  /** From here on the part is the blob, if it is what its name says. */
  async #count(sha256: string): Promise<BlobState> {
    const path = this.#part(sha256)
    if ((await hashOf(path)) !== sha256) {
      await rm(path, { force: true })
      throw trouble('blob-damaged', { sha256 })
    }
    const bytes = (await sizeOf(path)) ?? 0
    await this.#promote(path, sha256)
    return { bytes, complete: true }
  }

  /** All bytes of a blob. @throws ProblemError `blob-missing` */
  async read(sha256: string): Promise<Buffer> {
    return readFile(this.#path(sha256)).catch((e: NodeJS.ErrnoException) => {
      if (e.code === 'ENOENT') throw trouble('blob-missing', { sha256 })
      throw e
    })
  }

  /** Bytes from `start` to `end`, both included. */
  stream(sha256: string, start: number, end: number): Readable {
    return createReadStream(this.#path(sha256), { start, end })
  }

  /** Removes a whole blob; one that is not there is no trouble. */
  remove(sha256: string): Promise<void> {
    return rm(this.#path(sha256), { force: true })
  }

  async #promote(from: string, sha256: string): Promise<void> {
    const path = this.#path(sha256)
    await mkdir(dirname(path), { recursive: true })
    await rename(from, path)
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  #path(sha256: string): string {
    return join(this.#whole, sha256.slice(0, 2), sha256)
  }
  #part(sha256: string): string {
    return join(this.#parts, `${sha256}.part`)
  }
}

const sizeOf = async (path: string): Promise<number | null> =>
  stat(path).then(
    (s) => s.size,
    (e: NodeJS.ErrnoException) => {
      if (e.code === 'ENOENT') return null
      throw e
    },
  )

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
