import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, shell } from 'electron'
import { type Handlers, perform } from '../contract/call.ts'
import { type Picked, SHELL_CALLS } from '../contract/shell.ts'
import type { Lang } from '../contract/value.ts'
import { trouble } from '../domain/problem.ts'
import type { DatabaseKey } from './databaseKey.ts'
import type { Grants } from './grants.ts'
import { isOwnPage } from './hardening.ts'
import type { Log } from './log.ts'
import type { PapersWindow } from './papersWindow.ts'
import type { PassphraseKey } from './passphraseKey.ts'

export interface Shell {
  grants: Grants
  log: Log
  home: string
  /** What the desk opened with; null until the officer gave his passphrase. */
  key: DatabaseKey | null
  /** Where a passphrase keeps the key. */
  passphrase: PassphraseKey | null
  /** The passphrase fits: the desk may open. */
  unlocked(keyHex: string): void
  papers: PapersWindow
  setLanguage(language: Lang): void
}

/** Answers what a window asks of the main process. */
export function answerShellCalls(desk: Shell): void {
  ipcMain.handle('shell', async (event, name: unknown, input: unknown) => {
    const frame = event.senderFrame
    if (!frame || !isOwnPage(frame.url)) throw new Error('a foreign page called')
    const window = BrowserWindow.fromWebContents(event.sender)
    if (!window) throw new Error('a window that is gone called')
    return perform(SHELL_CALLS, handlersFor(window, desk), String(name), input, (error, call) => {
      const ref = randomUUID()
      desk.log.write('shell', `${call} failed (${ref}): ${error instanceof Error ? error.stack : String(error)}`)
      return ref
    })
  })
}

function handlersFor(window: BrowserWindow, desk: Shell): Handlers<typeof SHELL_CALLS> {
  const picked = async (path: string | undefined): Promise<Picked | null> => {
    if (!path) return null
    const bytes = await sizeOf(path)
    return { token: desk.grants.grant(path), name: basename(path), bytes }
  }
  return {
    'pick-file': async ({ title, filterName, extensions }) => {
      const chosen = await dialog.showOpenDialog(window, {
        title,
        filters: [{ name: filterName, extensions }],
        properties: ['openFile'],
      })
      return picked(chosen.canceled ? undefined : chosen.filePaths[0])
    },
    'pick-target': async ({ title, suggested }) => {
      const chosen = await dialog.showSaveDialog(window, {
        title,
        defaultPath: basename(suggested),
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      })
      return picked(chosen.canceled ? undefined : chosen.filePath)
    },
    'pick-folder': async ({ title }) => {
      const chosen = await dialog.showOpenDialog(window, { title, properties: ['openDirectory', 'createDirectory'] })
      return picked(chosen.canceled ? undefined : chosen.filePaths[0])
    },
    'set-language': ({ language }) => {
      desk.setLanguage(language)
      return {}
    },
    'papers-window': ({ appeal, open }) => {
      desk.papers.show(appeal, open, window)
      return {}
    },
    'show-in-folder': ({ token }) => {
      const path = desk.grants.pathOf(token)
      if (!path) throw trouble('file-missing', { file: token })
      shell.showItemInFolder(path)
      return {}
    },
    unlock: ({ passphrase }) => {
      if (!desk.key) desk.unlocked(withPassphrase(desk).open(passphrase))
      return {}
    },
    'change-passphrase': ({ former, next }) => {
      withPassphrase(desk).change(former, next)
      return {}
    },
    about: () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      key: desk.key?.kept ?? 'passphrase',
      practice: desk.key?.practice ?? false,
      home: desk.home,
    }),
  }
}

/** Asked of a desk that knows no passphrase, a window's call is a bug or a forgery. */
function withPassphrase({ passphrase }: Shell): PassphraseKey {
  if (!passphrase) throw new Error('no passphrase keeps the key of this desk')
  return passphrase
}

/** Bytes of a file; 0 for a folder and for a file that is still to be written. */
async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path)
    return found.isFile() ? found.size : 0
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw trouble('file-unreadable', { file: basename(path) })
  }
}
