import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'

const SIZE = { width: 720, height: 620 }

/** The window that asks for the passphrase before a desk opens; `isNew`: one is chosen. */
export function openUnlockWindow(options: BrowserWindowConstructorOptions, isNew: boolean): BrowserWindow {
  const window = new BrowserWindow({ ...options, ...SIZE, minWidth: 560, minHeight: 480 })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${APP_ORIGIN}/index.html#/unlock/${isNew ? 'new' : 'known'}`)
  return window
}
