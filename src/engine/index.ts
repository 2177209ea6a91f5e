import { randomUUID } from 'node:crypto'
import { type Channel, serve } from '../contract/call.ts'
import { ENGINE_CALLS } from '../contract/engine.ts'
import type { EngineStart } from '../contract/host.ts'
import { ProblemError } from '../domain/problem.ts'
import { linkToHost } from './hostLink.ts'
import { engineLog } from './log.ts'
import { type OpenDesk, openDesk } from './openDesk.ts'
import { letTheWindowGoFirst } from './windowFirst.ts'

/** Entry of the engine's own process: opens the desk its host names and serves the windows that come. */

letTheWindowGoFirst()
const log = engineLog((line) => process.stderr.write(`${line}\n`))
const windows = new Set<Channel>()
let desk: OpenDesk | undefined

const host = linkToHost({
  start: (start) => void begin(start),
  grant: (token, path) => desk?.grant(token, path),
  stop: () => void end(),
  open: (channel) => {
    if (!desk) throw new Error('a window was opened before the desk')
    windows.add(channel)
    channel.onClose(() => windows.delete(channel))
    serve(ENGINE_CALLS, desk.handlers, channel, (error, call) => {
      const ref = randomUUID().slice(0, 8)
      log.error(`call ${call} failed, reference ${ref}`, error)
      return ref
    })
  },
})

async function begin(start: EngineStart): Promise<void> {
  try {
    desk = await openDesk({
      home: start.home,
      keyHex: start.keyHex,
      registry: start.registry,
      now: () => new Date().toISOString(),
      log,
      live: start.live,
      ...(start.strides && { strides: start.strides }),
      notice: (name, value) => {
        for (const window of windows) window.send({ t: 'notice', name, value })
      },
      hostSession: String(process.ppid),
    })
    host.send({ t: 'ready' })
  } catch (error) {
    if (!(error instanceof ProblemError)) log.error('the desk could not be opened', error)
    const problem = error instanceof ProblemError ? error.problem : { code: 'internal', details: { ref: 'start' } }
    host.send({ t: 'failed', problem })
  }
}

async function end(): Promise<void> {
  try {
    await desk?.stop()
  } catch (error) {
    log.error('the desk did not stop cleanly', error)
  }
  host.send({ t: 'stopped' })
  setImmediate(() => process.exit(0))
}

process.on('uncaughtException', (error) => {
  log.error('the engine ends', error)
  process.exit(1)
})
