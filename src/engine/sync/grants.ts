import { trouble } from '../../domain/problem.ts'

/** Files and folders the officer chose in a dialog (or named on the command line), known to callers by token only. */
export class Grants {
  readonly #paths = new Map<string, string>()

  grant(token: string, path: string): void {
    this.#paths.set(token, path)
  }

  /** The path behind a token; `file-missing` for a token nobody granted. */
  path(token: string): string {
    const path = this.#paths.get(token)
    if (path === undefined) throw trouble('file-missing', { file: token })
    return path
  }
}
