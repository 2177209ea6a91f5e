import { parentPort } from 'node:worker_threads'
import { lookOfPicture } from './lookOfPicture.ts'

/** The thread in which the registry opens pictures from outside. */
parentPort?.on('message', ({ id, bytes }: { readonly id: number; readonly bytes: Uint8Array }) => {
  lookOfPicture(bytes).then((look) => parentPort?.postMessage({ id, look }))
})
