import { Worker } from 'node:worker_threads'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import type { MachineAnswer, MachineRequest, MachineResults, MachineTask } from './task.ts'

/** A file that keeps the thread longer is given up: it was made to be slow. */
const PATIENCE_MS = 30_000
/** The thread holds some 150 MB while it lives and takes seconds to start: it outlives the thought given to one appeal. */
const IDLE_MS = 10 * 60_000
const MEMORY_MB = 1024

interface Waiting {
  readonly task: MachineTask
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

/** One thread that opens files from outside, one after the other. */
export class ReadingThread {
  #worker: Worker | undefined
  #current: Waiting | undefined
  #next = 1
  #timer: NodeJS.Timeout | undefined
  #closed = false
  readonly #waiting: Waiting[] = []
  readonly #forIdle: (() => void)[] = []

  /**
   * Rejects with `picture-unreadable`, `picture-too-large`, `picture-too-slow` when the thread had to be ended, or `cancelled` once
   * `close` was called.
   */
  ask<K extends MachineTask['do']>(task: Extract<MachineTask, { do: K }>): Promise<MachineResults[K]> {
    if (this.#closed) return Promise.reject(trouble('cancelled'))
    return new Promise<MachineResults[K]>((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject })
      this.#take()
    })
  }

  /** Waits until nothing is left to do. */
  idle(): Promise<void> {
    if (!this.#current) return Promise.resolve()
    return new Promise((resolve) => this.#forIdle.push(resolve))
  }

  /** Ends the thread; what waits is rejected. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const { reject } of this.#waiting.splice(0)) reject(trouble('cancelled'))
    for (const go of this.#forIdle.splice(0)) go()
    await this.#worker?.terminate()
  }

  #take(): void {
    if (this.#current) return
    const entry = this.#waiting.shift()
    clearTimeout(this.#timer)
    if (!entry) {
      for (const go of this.#forIdle.splice(0)) go()
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
