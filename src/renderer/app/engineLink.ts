import type { z } from 'zod'
import { type Channel, type Client, connect } from '../../contract/call.ts'
import { ENGINE_CALLS, ENGINE_NOTICES, type EngineContract, type EngineNotice } from '../../contract/engine.ts'

/** What the engine told unasked, after its schema was checked. */
export type NoticeValue<N extends EngineNotice> = z.output<(typeof ENGINE_NOTICES)[N]>
export type TakeNotice = { [N in EngineNotice]: (value: NoticeValue<N>) => void }

export interface EngineLink {
  /** Calls wait for the first port; while the engine restarts they are refused as `engine-restarted`. */
  readonly client: Client<EngineContract>
}

const channelOf = (port: MessagePort): Channel => ({
  send: (message) => port.postMessage(message),
  onMessage: (take) => {
    port.addEventListener('message', (event) => take(event.data))
    port.start()
  },
  onClose: (take) => port.addEventListener('close', take),
})

/**
 * Speaks the engine's contract over the port that the preload posts. A restarted engine sends a new port: calls of the old one are
 * refused by its closing, later calls go over the new one, and `onRenewed` asks the screens to read again.
 */
export function openEngineLink(notices: TakeNotice, onRenewed: () => void): EngineLink {
  let current: Client<EngineContract> | undefined
  let firstPort: (client: Client<EngineContract>) => void = () => undefined
  const first = new Promise<Client<EngineContract>>((resolve) => {
    firstPort = resolve
  })
  window.addEventListener('message', (event) => {
    const [port] = event.ports
    if (event.source !== window || event.data !== 'tamga-engine-port' || !port) return
    const renewed = current !== undefined
    current = connect(ENGINE_CALLS, channelOf(port), { code: 'engine-restarted', details: {} }, (name, value) =>
      takeNotice(notices, name, value),
    )
    firstPort(current)
    if (renewed) onRenewed()
  })
  return {
    client: { call: async (name, input) => (current ?? (await first)).call(name, input) },
  }
}

function takeNotice(notices: TakeNotice, name: string, value: unknown): void {
  switch (name) {
    case 'changed':
      return notices.changed(ENGINE_NOTICES.changed.parse(value))
    case 'status':
      return notices.status(ENGINE_NOTICES.status.parse(value))
    case 'job':
      return notices.job(ENGINE_NOTICES.job.parse(value))
    default:
      throw new Error(`the engine sent an unknown notice: ${name}`)
  }
}
