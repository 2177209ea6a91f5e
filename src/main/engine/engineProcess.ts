import type { MessagePortMain } from 'electron'
import type { FromEngine, ToEngine } from '../../contract/host.ts'

/** A running engine, whichever way it runs. */
export interface EngineProcess {
  send(message: ToEngine): void
  /** Gives a window's port to the engine. */
  openWindow(window: number, port: MessagePortMain): void
  onMessage(take: (message: FromEngine) => void): void
  /** Lines that the engine wrote to its standard outputs. */
  onOutput(take: (text: string) => void): void
  /** Called once, also when it was killed. */
  onExit(take: (code: number | null) => void): void
  kill(): void
}

export type LaunchEngine = () => EngineProcess
