import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a file, hex. `between` is called from time to time and may throw to stop. */
export async function hashFile(path: string, between: () => void = () => undefined): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    between()
    hash.update(chunk as Uint8Array)
  }
  return hash.digest('hex')
}
