import { unlinkSync } from 'node:fs'

/** Removes a file that may be gone already. On a disk that has become read-only it stays: the next start removes what nothing names. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code !== 'ENOENT' && code !== 'EROFS' && code !== 'EACCES' && code !== 'EPERM') throw error
  }
}
