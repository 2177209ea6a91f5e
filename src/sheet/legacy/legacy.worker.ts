import { parentPort, workerData } from 'node:worker_threads'
import { SheetError } from '../sheetError.ts'
import type { LegacyAnswer } from './legacyThread.ts'
import { parseLegacy } from './parseLegacy.ts'

function answer(): LegacyAnswer {
  try {
    return { book: parseLegacy(workerData as Uint8Array) }
  } catch (error) {
    if (error instanceof SheetError) return { code: error.code, details: error.details }
    throw error
  }
}

parentPort?.postMessage(answer())
