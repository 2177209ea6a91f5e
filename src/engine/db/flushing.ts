import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { named } from './connection.ts'

const datasync = promisify(fdatasync)

/** Brings a file that is written without waiting for the disk onto it, beside the writing. */
export class Flushing {
  readonly #path: string
  /** Open until the end: closing it would also let go of the locks that SQLite holds on the file. */
  readonly #file: number
  #running: Promise<void> | null = null
  #failed: unknown = null

  constructor(path: string) {
    this.#path = path
    this.#file = openSync(path, 'r+')
  }

  /** Begins to write out what is there, unless that is under way. A failure is told by `all`. */
  begin(): void {
    this.#running ??= datasync(this.#file)
      .catch((error: unknown) => {
        this.#failed ??= error
      })
      .finally(() => {
        this.#running = null
      })
  }

  /** Everything written so far is on the disk. Throws `disk-full` and what the disk says. */
  async all(): Promise<void> {
    await this.#running
    this.begin()
    await this.#running
    if (this.#failed) throw named(this.#failed, this.#path)
  }

  async close(): Promise<void> {
    await this.#running
    closeSync(this.#file)
  }
}
