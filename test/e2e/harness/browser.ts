import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { electronDist } from '../../../scripts/electron-runtime.mjs'
import { sandboxArguments } from '../../../scripts/system-packages.mjs'

/** A plain browser window: Chromium as Electron carries it, without anything of the desk in it. */
const MAIN = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1000, height: 1200 }).loadURL('about:blank'))
`

export interface PlainBrowser {
  page: Page
  /** Turns scripts of pages off, as a citizen's browser may have it. */
  withoutScript(): Promise<void>
  close(): Promise<void>
}

/** Opens a browser for the registry's public pages. */
export async function openBrowser(): Promise<PlainBrowser> {
  process.env.ELECTRON_OVERRIDE_DIST_PATH = await electronDist()
  const folder = mkdtempSync(join(tmpdir(), 'tamga-browser-'))
  writeFileSync(join(folder, 'main.js'), MAIN)
  writeFileSync(join(folder, 'package.json'), '{"name":"browser","main":"main.js"}')
  const app = await _electron.launch({
    args: [...sandboxArguments(), '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, folder],
    env: { ...(process.env as Record<string, string>), CI: 'true' },
  })
  const page = await app.firstWindow()
  return {
    page,
    withoutScript: async () => {
      const session = await page.context().newCDPSession(page)
      await session.send('Emulation.setScriptExecutionDisabled', { value: true })
    },
    close: async () => {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
