// Opens the real desk and drives it, for the tour and the tests of the window.
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { ROOT } from './checkout.mjs'
import { electronDist } from './electron-runtime.mjs'
import { sandboxArguments } from './system-packages.mjs'

export interface DrivenDeskOptions {
  home: string
  /** Null: the desk decides. */
  language: 'kk' | 'ru' | 'en' | null
  /** Null: offline. */
  registry: string | null
  /** False: a desk whose key a passphrase keeps; its first page asks for it. */
  practice?: boolean
}

/** A desk that a program drives. */
export interface DrivenDesk {
  app: ElectronApplication
  page: Page
  /** Open and folder dialogs answer with this path from now on. */
  choose(path: string): Promise<void>
  /** Save dialogs answer with this path from now on. */
  saveAs(path: string): Promise<void>
  /** Chooses an item of the menu bar by its command's name. */
  menu(command: string): Promise<void>
  close(): Promise<void>
}

/** Opens a desk and waits for its page; the dialogs of the system are answered by `choose` and `saveAs`. */
export async function openDrivenDesk({
  home,
  language,
  registry,
  practice = true,
}: DrivenDeskOptions): Promise<DrivenDesk> {
  // Playwright finds Electron by this variable; given a path instead, it would not hold the app back until it is connected to it,
  // and one start in thirty would hang
  process.env.ELECTRON_OVERRIDE_DIST_PATH = await electronDist()
  const app = await _electron.launch({
    args: [
      ...sandboxArguments(),
      '--disable-gpu',
      ROOT,
      practice ? '--practice' : '--passphrase',
      ...['--home', home],
      ...(registry ? ['--registry', registry] : []),
      ...(language ? ['--language', language] : []),
    ],
    cwd: ROOT,
    env: { ...(process.env as Record<string, string>), CI: 'true' },
  })
  const page = await app.firstWindow()
  await page.waitForLoadState('domcontentloaded')
  return {
    app,
    page,
    choose: (path) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = (() => Promise.resolve({ canceled: false, filePaths: [chosen] })) as never
      }, path),
    saveAs: (path) =>
      app.evaluate(({ dialog }, chosen) => {
        dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath: chosen })) as never
      }, path),
    menu: (command) =>
      app.evaluate(({ Menu }, id) => {
        Menu.getApplicationMenu()?.getMenuItemById(id)?.click()
      }, command),
    close: () => app.close(),
  }
}
