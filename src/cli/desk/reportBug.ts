import { randomUUID } from 'node:crypto'

/** A bug is named by a reference that stands beside its stack on stderr. */
export function reportBug(error: unknown, to: { note(text: string): void }): string {
  const ref = randomUUID().slice(0, 8)
  to.note(`${ref} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return ref
}
