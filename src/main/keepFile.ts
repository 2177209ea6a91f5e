import { renameSync, writeFileSync } from 'node:fs'

/** Writes a small file for its owner only, whole or not at all. */
export function keepFile(file: string, content: string | Buffer): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
