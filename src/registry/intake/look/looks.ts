import { Worker } from 'node:worker_threads'
import type { EvidenceFile } from '../../../domain/appeal.ts'
import type { BlobStore } from '../../blob/blobStore.ts'

/** A picture that takes longer is left without a look. */
const PATIENCE_MS = 10_000

/**
 * The files with the look of those that are pictures. They are opened in a thread of their own, which ends afterwards: a picture made to
 * break a decoder breaks that thread, and is taken in without a look.
 */
export async function withLooks(blobs: BlobStore, files: readonly EvidenceFile[]): Promise<readonly EvidenceFile[]> {
  const pictures = files.filter(({ type }) => type.startsWith('image/'))
  if (pictures.length === 0) return files
  const looks = new Map<string, string>()
  let worker = start()
  try {
    for (const { sha256 } of pictures) {
      const look = await ask(worker, new Uint8Array(await blobs.read(sha256)))
      if (look === 'broken') {
        await worker.terminate()
        worker = start()
      } else if (look !== undefined) looks.set(sha256, look)
    }
  } finally {
    await worker.terminate()
  }
  return files.map((file) => {
    const look = looks.get(file.sha256)
    return look === undefined ? file : { ...file, look }
  })
}

const start = (): Worker => new Worker(new URL('./look.worker.ts', import.meta.url))

function ask(worker: Worker, bytes: Uint8Array): Promise<string | undefined> {
  return new Promise((resolve) => {
    const broken = (): void => resolve('broken')
    const timer = setTimeout(broken, PATIENCE_MS)
    worker.once('error', broken)
    worker.once('message', ({ look }: { readonly look: string | undefined }) => {
      clearTimeout(timer)
      worker.off('error', broken)
      resolve(look)
    })
    worker.postMessage({ id: 0, bytes })
  })
}
