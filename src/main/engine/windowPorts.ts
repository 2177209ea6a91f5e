import { ipcMain, MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import { type Answer, zRequest } from '../../contract/call.ts'
import type { Problem } from '../../domain/problem.ts'
import { isOwnPage } from '../hardening.ts'
import type { EngineHost } from './engineHost.ts'

/** Gives every window that asks a port to the engine, and a new one whenever the engine was started again. */
export function giveWindowsPorts(host: EngineHost): void {
  const windows = new Map<WebContents, MessagePortMain | undefined>()
  let lastChannel = 0

  ipcMain.on('engine-port-wanted', (event) => {
    const { sender, senderFrame } = event
    if (!senderFrame || !isOwnPage(senderFrame.url)) return
    if (!windows.has(sender)) sender.once('destroyed', () => windows.delete(sender))
    windows.get(sender)?.close()
    windows.set(sender, undefined)
    give(sender)
  })
  host.onState(() => {
    for (const sender of windows.keys()) give(sender)
  })

  function give(sender: WebContents): void {
    if (host.state.state === 'starting') return
    windows.get(sender)?.close()
    const { port1, port2 } = new MessageChannelMain()
    windows.set(sender, port1)
    if (host.state.state === 'ready') host.openWindow(++lastChannel, port1)
    else answerWithProblem(port1, host.state.problem)
    sender.postMessage('engine-port', null, [port2])
  }
}

/** While there is no engine, every call is answered with the reason. */
function answerWithProblem(port: MessagePortMain, problem: Problem): void {
  port.on('message', ({ data }) => {
    const request = zRequest.safeParse(data)
    if (request.success) port.postMessage({ t: 'answer', id: request.data.id, ok: false, problem } satisfies Answer)
  })
  port.start()
}
