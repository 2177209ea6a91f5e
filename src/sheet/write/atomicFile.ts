import type { Buffer } from 'node:buffer'
import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SheetError } from '../sheetError.ts'

/** What was written: data rows (headers not counted), bytes of the file and its SHA-256 in hex. */
export interface Written {
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

/** A file that appears under its name only when it is complete and on the disk; until then it has a temporary one beside it. */
export class AtomicFile {
  bytes = 0
  readonly #path: string
  readonly #temporary: string
  readonly #handle: FileHandle
  readonly #hash = createHash('sha256')

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.#path = path
    this.#temporary = temporary
    this.#handle = handle
  }

  /** Throws `target-not-writable` (no such folder, no permission, read-only disk) or `disk-full`, as do the methods. */
  static async create(path: string): Promise<AtomicFile> {
    const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`)
    try {
      return new AtomicFile(path, temporary, await open(temporary, 'wx', 0o600))
    } catch (error) {
      throw writeFailure(path, error)
    }
  }

  async write(piece: Buffer): Promise<void> {
    this.#hash.update(piece)
    try {
      for (let done = 0; done < piece.length; ) {
        done += (await this.#handle.write(piece, done, piece.length - done)).bytesWritten
      }
    } catch (error) {
      throw writeFailure(this.#path, error)
    }
    this.bytes += piece.length
  }

  /** Makes the file real; returns its SHA-256. */
  async commit(): Promise<string> {
    try {
      await this.#handle.sync()
      await this.#handle.close()
      await rename(this.#temporary, this.#path)
      await syncFolder(dirname(this.#path))
    } catch (error) {
      throw writeFailure(this.#path, error)
    }
    return this.#hash.digest('hex')
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(ignoreMissing)
    await unlink(this.#temporary).catch(ignoreMissing)
  }
}

/** Runs `fill` on a new file and makes it real; on any error nothing is left behind and the old file, if any, stays. */
export async function writeAtomically(path: string, fill: (file: AtomicFile) => Promise<number>): Promise<Written> {
  const file = await AtomicFile.create(path)
  try {
    const rows = await fill(file)
    const sha256 = await file.commit()
    return { rows, bytes: file.bytes, sha256 }
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** The new name is safe only when its folder is on the disk too; Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT' && error.code !== 'EBADF') throw error
}

function writeFailure(path: string, error: unknown): SheetError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error)
  const full = reason === 'ENOSPC' || reason === 'EDQUOT'
  return new SheetError(full ? 'disk-full' : 'target-not-writable', { file: basename(path), reason }, error)
}
