import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { type Problem, ProblemError } from '../../../domain/problem.ts'
import { drawPicture } from './drawPicture.ts'
import { startTextReader, type TextReader } from './ocr.ts'
import { readPaper } from './readPaper.ts'
import type { MachineAnswer, MachineRequest, MachineResults, MachineTask } from './task.ts'

/** The thread in which files from outside are opened: what breaks here breaks neither the desk nor its window. */

const port = parentPort
if (!port) throw new Error('the reading thread is started by the engine')

let reader: Promise<TextReader> | undefined
const textReader = (): Promise<TextReader> => {
  if (!reader) giveWay()
  reader ??= startTextReader()
  return reader
}

/** Reading waits while the officer works: this thread, and those it starts, yield to the window. Only Linux has priorities of threads. */
function giveWay(): void {
  if (process.platform !== 'linux') return
  const thread = Number(basename(readlinkSync('/proc/thread-self')))
  setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
}

async function perform(task: MachineTask): Promise<MachineResults[MachineTask['do']]> {
  switch (task.do) {
    case 'warm':
      await (await textReader()).warm()
      return null
    case 'read':
      return readPaper(task.bytes, textReader)
    case 'draw':
      return drawPicture(task.bytes, task)
  }
}

port.on('message', ({ id, task }: MachineRequest) => {
  perform(task)
    .then(
      (result): MachineAnswer => ({ id, ok: true, result }),
      (error: unknown): MachineAnswer => ({ id, ok: false, problem: known(error) }),
    )
    .then((answer) => port.postMessage(answer))
})

/** A bug ends the thread; the engine starts another. */
function known(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  throw error
}
