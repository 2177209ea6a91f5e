import { utilityProcess } from 'electron'
import { type FromEngine, zFromEngine } from '../../contract/host.ts'
import type { EngineProcess } from './engineProcess.ts'

/** Node-API that the SQLite addon needs. */
const NEEDED_NODE_API = 10

/** Whether this Electron's own Node can load the SQLite addon. */
export const utilityCanLoadAddon = (): boolean => Number(process.versions.napi) >= NEEDED_NODE_API

/** Runs the engine in Electron's utility process; a window's port goes to it directly. Only after the app is ready. */
export function launchUtilityEngine(entry: string): EngineProcess {
  const child = utilityProcess.fork(entry, [], { serviceName: 'Tamga engine', stdio: 'pipe' })
  return {
    send: (message) => child.postMessage(message),
    openWindow: (window, port) => child.postMessage({ t: 'open', window }, [port]),
    onMessage: (take) => child.on('message', (message: FromEngine) => take(zFromEngine.parse(message))),
    onOutput: (take) => {
      child.stdout?.on('data', (chunk: Buffer) => take(chunk.toString()))
      child.stderr?.on('data', (chunk: Buffer) => take(chunk.toString()))
    },
    onExit: (take) => child.once('exit', take),
    kill: () => child.kill(),
  }
}
