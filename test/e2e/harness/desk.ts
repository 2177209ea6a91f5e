import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { ROOT } from '../../../scripts/checkout.mjs'
import { electronBinary } from '../../../scripts/electron/official.mjs'
import { electronDist } from '../../../scripts/electron-runtime.mjs'
import { sandboxArguments } from '../../../scripts/system-packages.mjs'

export type Language = 'kk' | 'ru' | 'en'

export interface DeskOptions {
  /** Fresh by default. */
  home?: string
  language?: Language | null
  /** The tests' shared registry by default; null: offline. */
  registry?: string | null
}

/** A desk that a test opened. */
export interface Desk {
  app: ElectronApplication
  page: Page
  home: string
  /** The next open or folder dialog answers with this path. */
  choose(path: string): Promise<void>
  /** The next save dialog answers with this path. */
  saveAs(path: string): Promise<void>
  /** Chooses an item of the menu bar by its command's name. */
  menu(command: string): Promise<void>
  close(): Promise<void>
}

/** The shared registry's address. */
export function sharedRegistry(): string {
  const url = process.env.TAMGA_TEST_REGISTRY
  if (!url) throw new Error('the registry of the tests was not started')
  return url
}

/** Opens the real desk and waits for its first page. */
export async function openDesk({
  home,
  language = 'en',
  registry = sharedRegistry(),
}: DeskOptions = {}): Promise<Desk> {
  const ownHome = home ?? mkdtempSync(join(tmpdir(), 'tamga-desk-'))
  const app = await _electron.launch({
    executablePath: electronBinary(await electronDist()),
    args: [
      ...sandboxArguments(),
      '--disable-gpu',
      ROOT,
      '--practice',
      ...['--home', ownHome],
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
    home: ownHome,
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
    close: async () => {
      await app.close()
      if (!home) rmSync(ownHome, { recursive: true, force: true })
    },
  }
}

/** Tests get `open`, which opens desks and closes them after the test. */
export const test = base.extend<{ open: (options?: DeskOptions) => Promise<Desk> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright finds a fixture's needs by its pattern
  open: async ({}, use) => {
    const desks: Desk[] = []
    await use(async (options) => {
      const desk = await openDesk(options)
      desks.push(desk)
      return desk
    })
    for (const desk of desks) await desk.close()
  },
})
export { expect }
