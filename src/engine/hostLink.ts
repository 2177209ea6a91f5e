import type { Channel, Message } from '../contract/call.ts'
import { type EngineStart, type FromEngine, type ToEngine, zToEngine } from '../contract/host.ts'

/** The engine's end of contract/host.ts, the same over a utility process and over a child process. */
export interface HostLink {
  send(message: FromEngine): void
}

export interface HostEvents {
  start(start: EngineStart): void
  grant(token: string, path: string): void
  stop(): void
  /** A window wants to call; its channel closes with the window. */
  open(channel: Channel): void
}

/** A MessagePort as Electron's Node side gives it. */
interface TransferredPort {
  postMessage(message: unknown): void
  on(event: 'message', take: (event: { data: unknown }) => void): void
  on(event: 'close', take: () => void): void
  start(): void
}

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', take: (event: { data: unknown; ports: TransferredPort[] }) => void): void
}

/**
 * Listens to the process that started this one. A message outside the contract is a bug of the host and throws.
 * When a child process loses its host it is told to stop, so that no engine outlives its window.
 */
export function linkToHost(events: HostEvents): HostLink {
  const { parentPort } = process as { parentPort?: ParentPort }
  return parentPort ? linkByPorts(parentPort, events) : linkByRelay(events)
}

function take(message: ToEngine, events: HostEvents): void {
  if (message.t === 'start') events.start(message)
  else if (message.t === 'grant') events.grant(message.token, message.path)
  else if (message.t === 'stop') events.stop()
}

function linkByPorts(parent: ParentPort, events: HostEvents): HostLink {
  parent.on('message', ({ data, ports }) => {
    const message = zToEngine.parse(data)
    const [port] = ports
    if (message.t !== 'open') return take(message, events)
    if (!port) throw new Error('a window was opened without its port')
    events.open({
      send: (answer) => port.postMessage(answer),
      onMessage: (receive) => {
        port.on('message', (event) => receive(event.data))
        port.start()
      },
      onClose: (closed) => port.on('close', closed),
    })
  })
  return { send: (message) => parent.postMessage(message) }
}

function linkByRelay(events: HostEvents): HostLink {
  const windows = new Map<number, { receive?: (message: unknown) => void; closed?: () => void }>()
  const send = (message: FromEngine): void => {
    // the host may be gone while an answer is on its way
    if (process.connected) process.send?.(message)
  }

  function open(window: number): void {
    const taker: { receive?: (message: unknown) => void; closed?: () => void } = {}
    windows.set(window, taker)
    events.open({
      send: (answer: Message) => send({ t: 'relay', window, message: answer }),
      onMessage: (receive) => {
        taker.receive = receive
      },
      onClose: (closed) => {
        taker.closed = closed
      },
    })
  }

  process.on('message', (data) => {
    const message = zToEngine.parse(data)
    if (message.t === 'open') open(message.window)
    else if (message.t === 'relay') windows.get(message.window)?.receive?.(message.message)
    else if (message.t === 'close') {
      windows.get(message.window)?.closed?.()
      windows.delete(message.window)
    } else take(message, events)
  })
  process.on('disconnect', () => events.stop())
  return { send }
}
