import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { Bridge, MenuCommand } from '../contract/shell.ts'

const START = '--tamga-start='

const given = process.argv.find((argument) => argument.startsWith(START))
const start = JSON.parse(decodeURIComponent(given?.slice(START.length) ?? '%7B%7D')) as Bridge['start']

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('shell', name, input),
  onMenu: (take) => {
    ipcRenderer.on('menu', (_event: IpcRendererEvent, command: MenuCommand) => take(command))
  },
  start,
}
contextBridge.exposeInMainWorld('tamga', bridge)

// a port cannot cross the bridge, so the page receives it as a message
ipcRenderer.on('engine-port', (event: IpcRendererEvent) => {
  window.postMessage('tamga-engine-port', location.origin, event.ports)
})
// the page's scripts have run by then and listen for it
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('engine-port-wanted'))
