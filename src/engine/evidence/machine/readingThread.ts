import { Worker } from 'node:worker_threads'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import type { MachineAnswer, MachineRequest, MachineResults, MachineTask } from './task.ts'

/** A file that keeps the thread longer is given up: it was made to be slow. */
const PATIENCE_MS = 30_000
/** The thread holds some 150 MB while it lives; without work it ends after this time. */
const IDLE_MS = 60_000
const MEMORY_MB = 1024

interface Waiting {
  readonly task: MachineTask
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

/** One thread that opens files from outside, one after the other; drawing for the eye goes before reading by the machine. */
export class ReadingThread {
  #worker: Worker | undefined
  #current: Waiting | undefined
  #next = 1
  #timer: NodeJS.Timeout | undefined
  readonly #waiting: Waiting[] = []

  /** Rejects with `picture-unreadable`, `picture-too-large`, or `picture-too-slow` when the thread had to be ended. */
  ask<K extends MachineTask['do']>(task: Extract<MachineTask, { do: K }>): Promise<MachineResults[K]> {
    return new Promise<MachineResults[K]>((resolve, reject) => {
      const entry: Waiting = { task, resolve, reject }
      const first = this.#waiting.findIndex((w) => w.task.do === 'read')
      if (task.do === 'draw' && first >= 0) this.#waiting.splice(first, 0, entry)
      else this.#waiting.push(entry)
      this.#take()
    })
  }

  /** Ends the thread; what waits is rejected. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    for (const { reject } of this.#waiting.splice(0)) reject(trouble('cancelled'))
    await this.#worker?.terminate()
  }

  #take(): void {
    if (this.#current) return
    const entry = this.#waiting.shift()
    clearTimeout(this.#timer)
    if (!entry) {
      this.#timer = setTimeout(() => void this.#end(null), IDLE_MS).unref()
      return
    }
    this.#current = entry
    const request: MachineRequest = { id: this.#next++, task: entry.task }
    this.#started().postMessage(request)
    this.#timer = setTimeout(() => void this.#end(trouble('picture-too-slow')), PATIENCE_MS)
  }

  #started(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./machine.worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    })
    worker.unref()
    worker.on('message', (answer: MachineAnswer) => {
      const entry = this.#current
      this.#current = undefined
      if (answer.ok) entry?.resolve(answer.result as never)
      else entry?.reject(new ProblemError(answer.problem))
      this.#take()
    })
    worker.on('error', (error) => {
      if (this.#worker === worker) void this.#end(error)
    })
    this.#worker = worker
    return worker
  }

  /** Ends the thread; with an error what it was doing fails, and the rest goes to a new one. */
  async #end(error: unknown): Promise<void> {
    const worker = this.#worker
    const entry = this.#current
    this.#worker = undefined
    this.#current = undefined
    if (error !== null) entry?.reject(error)
    await worker?.terminate()
    if (error !== null) this.#take()
  }
}
