import { randomUUID } from 'node:crypto'

/** Paths behind the tokens that windows hold. A token names one path for as long as the program runs. */
export class Grants {
  readonly #paths = new Map<string, string>()
  readonly #listeners: ((token: string, path: string) => void)[] = []

  /** Makes a token for a path that the officer chose. */
  grant(path: string): string {
    const token = randomUUID()
    this.#paths.set(token, path)
    for (const listener of this.#listeners) listener(token, path)
    return token
  }

  /** The path of a token, or undefined for one never given. */
  pathOf(token: string): string | undefined {
    return this.#paths.get(token)
  }

  /** All tokens so far: a restarted engine gets them again. */
  all(): Iterable<[token: string, path: string]> {
    return this.#paths
  }

  onGrant(listener: (token: string, path: string) => void): void {
    this.#listeners.push(listener)
  }
}
