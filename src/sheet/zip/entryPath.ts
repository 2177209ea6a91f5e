/**
 * Whether a name inside a zip tries to leave the archive: absolute, with a drive letter, with `..`, or with a NUL that would cut
 * it short. Backslashes are already slashes here. Nothing is unpacked to disk; such a name is a sign of a forged file.
 */
export function isUnsafePath(name: string): boolean {
  return (
    name === '' ||
    name.startsWith('/') ||
    name.includes('\0') ||
    /^[a-z]:/i.test(name) ||
    name.split('/').includes('..')
  )
}
