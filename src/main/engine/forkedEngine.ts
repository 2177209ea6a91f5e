import { fork } from 'node:child_process'
import { zFromEngine } from '../../contract/host.ts'
import type { EngineProcess } from './engineProcess.ts'

/** What is used of a window's port; Electron's MessagePortMain fits. */
interface WindowPort {
  postMessage(message: unknown): void
  on(event: 'message', take: (event: { data: unknown }) => void): unknown
  on(event: 'close', take: () => void): unknown
  start(): void
  close(): void
}

/**
 * glibc gives each thread that opens papers a store of its own and returns little of it: with as many as it would make, the engine holds
 * some 100 MB more. Other systems' allocators do not read it.
 */
const FEW_STORES = { MALLOC_ARENA_MAX: '2' }

/**
 * Runs the engine as a child process under a Node of its own, where Electron's cannot load the SQLite addon. A child process takes no
 * ports, so the windows' messages are relayed.
 * @param entry the engine's built entry
 * @param node path of Node 24
 */
export function launchForkedEngine(entry: string, node: string): EngineProcess {
  const child = fork(entry, [], {
    execPath: node,
    execArgv: [],
    env: { ...FEW_STORES, ...process.env },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ports = new Map<number, WindowPort>()
  const send: EngineProcess['send'] = (message) => {
    // it may have exited while a message was on its way; onExit tells
    if (child.connected) child.send(message)
  }

  child.on('message', (raw) => {
    const message = zFromEngine.parse(raw)
    if (message.t === 'relay') ports.get(message.window)?.postMessage(message.message)
  })
  child.once('exit', () => {
    for (const port of ports.values()) port.close()
    ports.clear()
  })

  return {
    send,
    openWindow: (window, port: WindowPort) => {
      ports.set(window, port)
      send({ t: 'open', window })
      port.on('message', ({ data }) => send({ t: 'relay', window, message: data }))
      port.on('close', () => {
        if (ports.delete(window)) send({ t: 'close', window })
      })
      port.start()
    },
    onMessage: (take) => {
      child.on('message', (raw) => {
        const message = zFromEngine.parse(raw)
        if (message.t !== 'relay') take(message)
      })
    },
    onOutput: (take) => {
      child.stdout?.on('data', (chunk: Buffer) => take(chunk.toString()))
      child.stderr?.on('data', (chunk: Buffer) => take(chunk.toString()))
    },
    onExit: (take) => child.once('exit', take),
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
