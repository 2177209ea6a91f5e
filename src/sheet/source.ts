import type { Buffer } from 'node:buffer'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { SheetError } from './sheetError.ts'

/** Bytes that can be read at any place: a file, or a file that was unpacked into memory. */
export interface Source {
  readonly name: string
  readonly size: number
  /** Fills `target` with the bytes at `position`. Fewer bytes than asked for is an error, never a short answer. */
  read(target: Buffer, position: number): Promise<void>
  /** Throws `sheet-changed-while-read` when the file is no longer the one that was opened. */
  assertUnchanged(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a file for reading.
 * @throws SheetError `sheet-missing-file`, `file-unreadable` (a folder, no permission, a vanished network drive).
 */
export async function openFile(path: string): Promise<Source> {
  const name = basename(path)
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw readFailure(name, error)
  }
  try {
    const opened = await handle.stat()
    if (!opened.isFile()) throw new SheetError('file-unreadable', { file: name, reason: 'EISDIR' })
    return new FileSource(name, handle, opened.size, opened.mtimeMs)
  } catch (error) {
    await handle.close()
    throw error instanceof SheetError ? error : readFailure(name, error)
  }
}

/** A source over bytes already in memory. */
export function memorySource(name: string, bytes: Buffer): Source {
  return {
    name,
    size: bytes.length,
    async read(target, position) {
      if (position < 0 || position + target.length > bytes.length) {
        throw new SheetError('sheet-broken-zip', { file: name, reason: 'ends early' })
      }
      bytes.copy(target, 0, position, position + target.length)
    },
    assertUnchanged: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

class FileSource implements Source {
  readonly name: string
  readonly size: number
  readonly #handle: FileHandle
  readonly #modified: number

  constructor(name: string, handle: FileHandle, size: number, modified: number) {
    this.name = name
    this.size = size
    this.#handle = handle
    this.#modified = modified
  }

  async read(target: Buffer, position: number): Promise<void> {
    if (position < 0 || position + target.length > this.size) {
      throw new SheetError('sheet-broken-zip', { file: this.name, reason: 'ends early' })
    }
    let done = 0
    while (done < target.length) {
      let bytesRead: number
      try {
        bytesRead = (await this.#handle.read(target, done, target.length - done, position + done)).bytesRead
      } catch (error) {
        throw readFailure(this.name, error)
      }
      if (bytesRead === 0) throw new SheetError('sheet-changed-while-read', { file: this.name, reason: 'shorter' })
      done += bytesRead
    }
  }

  async assertUnchanged(): Promise<void> {
    let now: Awaited<ReturnType<FileHandle['stat']>>
    try {
      now = await this.#handle.stat()
    } catch (error) {
      throw readFailure(this.name, error)
    }
    const reason =
      now.nlink === 0
        ? 'removed'
        : now.size > this.size
          ? 'longer'
          : now.size < this.size
            ? 'shorter'
            : now.mtimeMs !== this.#modified
              ? 'modified'
              : null
    if (reason !== null) throw new SheetError('sheet-changed-while-read', { file: this.name, reason })
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

function readFailure(file: string, error: unknown): SheetError {
  const reason = (error as NodeJS.ErrnoException).code ?? String(error)
  return new SheetError(reason === 'ENOENT' ? 'sheet-missing-file' : 'file-unreadable', { file, reason }, error)
}
