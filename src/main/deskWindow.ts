import { join } from 'node:path'
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron'
import type { MenuCommand } from '../contract/shell.ts'
import type { Lang } from '../contract/value.ts'
import { APP_ORIGIN } from './appProtocol.ts'
import { saveWindowSettings, type WindowSettings } from './windowSettings.ts'

const SMALLEST = { width: 1024, height: 700 }
const FIRST = { width: 1440, height: 900 }

export interface DeskWindowOptions {
  home: string
  settings: WindowSettings
  language: Lang | null
  icon: string
}

/** What every window of the desk has: its own page only, without Node, with one preload. */
export function ownWindow(language: Lang | null, icon: string): BrowserWindowConstructorOptions {
  const start = JSON.stringify({ language, platform: process.platform })
  return {
    title: 'Tamga',
    icon,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      additionalArguments: [`--tamga-start=${encodeURIComponent(start)}`],
    },
  }
}

/** Opens the desk's window: sandboxed, without Node, with one preload. Its place is remembered. */
export function openDeskWindow({ home, settings, language, icon }: DeskWindowOptions): BrowserWindow {
  const { bounds } = settings
  const window = new BrowserWindow({
    ...FIRST,
    ...(bounds && { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    ...ownWindow(language, icon),
  })
  if (bounds?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    const maximized = window.isMaximized()
    settings.bounds = { ...window.getNormalBounds(), maximized }
    saveWindowSettings(home, settings)
  })
  void window.loadURL(`${APP_ORIGIN}/index.html`)
  return window
}

/** Carries a menu item to the window that has the focus. */
export function sendMenuCommand(window: BrowserWindow, command: MenuCommand): void {
  window.webContents.send('menu', command)
}
