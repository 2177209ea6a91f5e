import { Worker } from 'node:worker_threads'
import { type SheetCode, SheetError, type SheetErrorDetails } from '../sheetError.ts'
import type { LegacyBook } from './parseLegacy.ts'

export type LegacyAnswer =
  | { readonly book: LegacyBook }
  | { readonly code: SheetCode; readonly details: SheetErrorDetails }

/** SheetJS keeps every cell as an object, some forty times the size of the file. A damaged file must not ask for more. */
const BASE_MEMORY_MB = 192
const MEMORY_PER_FILE_MB = 44
const BASE_TIME_MS = 20_000
const TIME_PER_FILE_MB_MS = 4000

/**
 * Reads an old workbook in a thread of its own, which is stopped when it takes too much time or memory, or when the caller's signal fires.
 * The bytes are given away.
 * @throws SheetError as `parseLegacy`, `cancelled`, and `sheet-too-large` with the reason `memory` or `time`
 */
export function parseInThread(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): Promise<LegacyBook> {
  const megabytes = bytes.length / (1 << 20)
  const memory = Math.ceil(BASE_MEMORY_MB + megabytes * MEMORY_PER_FILE_MB)
  const time = BASE_TIME_MS + megabytes * TIME_PER_FILE_MB_MS
  const worker = new Worker(new URL('./legacy.worker.ts', import.meta.url), {
    workerData: bytes,
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: memory },
  })
  return new Promise<LegacyBook>((resolve, reject) => {
    const cancel = (): void => reject(new SheetError('cancelled'))
    signal?.addEventListener('abort', cancel, { once: true })
    const late = setTimeout(() => reject(new SheetError('sheet-too-large', { reason: 'time', limit: time })), time)
    worker.once('message', (answer: LegacyAnswer) => {
      if ('book' in answer) resolve(answer.book)
      else reject(new SheetError(answer.code, answer.details))
    })
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const memoryGone = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(memoryGone ? new SheetError('sheet-too-large', { reason: 'memory', limit: memory }, error) : error)
    })
    worker.once('exit', (code) => {
      clearTimeout(late)
      signal?.removeEventListener('abort', cancel)
      reject(new Error(`the thread ended with code ${code} and no answer`))
    })
  }).finally(() => worker.terminate())
}
