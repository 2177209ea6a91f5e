import { join } from 'node:path'
import { app, BrowserWindow, dialog, Menu, session } from 'electron'
import { problemText } from '../contract/problemText.ts'
import { ProblemError } from '../domain/problem.ts'
import { declareAppProtocol, serveApp } from './appProtocol.ts'
import { type DatabaseKey, databaseKey } from './databaseKey.ts'
import { defaultLanguage } from './defaultLanguage.ts'
import { openDeskWindow, ownWindow, sendMenuCommand } from './deskWindow.ts'
import { EngineHost } from './engine/engineHost.ts'
import { launchForkedEngine } from './engine/forkedEngine.ts'
import { launchUtilityEngine, utilityCanLoadAddon } from './engine/utilityEngine.ts'
import { giveWindowsPorts } from './engine/windowPorts.ts'
import { Grants } from './grants.ts'
import { hardenContents, hardenSession } from './hardening.ts'
import { readLaunchOptions } from './launchOptions.ts'
import { openLog } from './log.ts'
import { deskMenu, menuTexts } from './menu.ts'
import { PapersWindow } from './papersWindow.ts'
import { PassphraseKey } from './passphraseKey.ts'
import { answerShellCalls, type Shell } from './shellCalls.ts'
import { systemKeychain } from './systemKeychain.ts'
import { openUnlockWindow } from './unlockWindow.ts'
import { keepFewUnpackedPictures } from './unpackedPictures.ts'
import { readWindowSettings, saveWindowSettings } from './windowSettings.ts'

const options = readLaunchOptions(process.argv.slice(1), app.getPath('userData'))
const log = openLog(options.home)

// an uncaught error would open a dialog that nobody sees on a machine without a screen
process.on('uncaughtException', (error) => {
  log.write('main', `uncaught: ${error.stack ?? error.message}`)
  app.exit(1)
})
process.on('unhandledRejection', (reason) => {
  log.write('main', `unhandled: ${reason instanceof Error ? reason.stack : String(reason)}`)
  app.exit(1)
})

// the lock of the single instance lies in this folder, so it holds for each home
app.setPath('userData', join(options.home, 'window'))
// with --no-sandbox (root on a machine without a screen) sandboxed windows crash in a loop
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
declareAppProtocol()
keepFewUnpackedPictures(app.commandLine)

if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.exit(0)

function start(): void {
  const settings = readWindowSettings(options.home)
  let language = options.language ?? settings.language
  const found = keyOrQuit()
  if (!found) return

  hardenContents(log)
  hardenSession(session.defaultSession)
  serveApp(join(import.meta.dirname, '../renderer'))
  app.on('window-all-closed', () => app.quit())

  const icon = join(app.getAppPath(), 'resources/icons/tamga.png')
  const passphrase = found instanceof PassphraseKey ? found : null
  const asking = passphrase && openUnlockWindow(ownWindow(language, icon), passphrase.isNew)
  const desk: Shell = {
    grants: new Grants(),
    log,
    home: options.home,
    key: found instanceof PassphraseKey ? null : found,
    passphrase,
    unlocked(keyHex) {
      desk.key = { keyHex, kept: 'passphrase', practice: false }
      // only then: there is always a window on screen, and a desk without one ends
      openDesk(keyHex).once('show', () => asking?.close())
    },
    papers: new PapersWindow(() => ownWindow(language, icon)),
    setLanguage,
  }
  answerShellCalls(desk)
  showMenu()
  if (desk.key) openDesk(desk.key.keyHex)

  function openDesk(keyHex: string): BrowserWindow {
    const entry = join(import.meta.dirname, '../engine/index.js')
    const node = join(app.getAppPath(), 'node_modules/node/bin/node')
    const host = new EngineHost(
      () => (utilityCanLoadAddon() ? launchUtilityEngine(entry) : launchForkedEngine(entry, node)),
      {
        t: 'start',
        home: options.home,
        keyHex,
        registry: options.registry,
        language: language ?? defaultLanguage(app.getLocale()),
        live: true,
      },
      desk.grants,
      log,
    )
    giveWindowsPorts(host)
    host.start()
    quitAfter(host)
    return openDeskWindow({ home: options.home, settings, language, icon })
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })

  function showMenu(): void {
    const shown = language ?? defaultLanguage(app.getLocale())
    Menu.setApplicationMenu(
      deskMenu(shown, (command) => {
        const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
        if (window) sendMenuCommand(window, command)
      }),
    )
  }
  function setLanguage(chosen: 'kk' | 'ru' | 'en'): void {
    language = chosen
    settings.language = chosen
    saveWindowSettings(options.home, settings)
    showMenu()
  }
}

/** The key, the passphrase to ask for, or undefined after the officer was told why the desk cannot start. */
function keyOrQuit(): DatabaseKey | PassphraseKey | undefined {
  try {
    return databaseKey(options, systemKeychain())
  } catch (error) {
    const language = options.language ?? readWindowSettings(options.home).language ?? defaultLanguage(app.getLocale())
    if (!(error instanceof ProblemError)) throw error
    const { message, remedy } = problemText(error.problem, language)
    const text = `${message}\n\n${remedy}`
    log.write('main', `cannot start: ${text}`)
    // shown only where somebody can close it
    if (process.env.CI !== 'true') dialog.showErrorBox(menuTexts(language).cannotStart, text)
    app.exit(1)
    return undefined
  }
}

/** Quits once the engine has finished writing. */
function quitAfter(host: EngineHost): void {
  app.on('will-quit', (event) => {
    event.preventDefault()
    void host.stop().then(() => app.exit(0))
  })
}
