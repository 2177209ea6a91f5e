import { app, type Session, type WebContents } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'
import type { Log } from './log.ts'

/** The window shows its own pages and nothing else: no navigation away, no new windows, no permissions, no webviews. */
export function hardenContents(log: Log): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => refuseForeign(event, event.url))
    contents.on('will-redirect', (event) => refuseForeign(event, event.url))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      log.write('window', `refused to open ${url}`)
      return { action: 'deny' }
    })
  })
  function refuseForeign(event: { preventDefault(): void }, url: string): void {
    if (isOwnPage(url)) return
    event.preventDefault()
    log.write('window', `refused to navigate to ${url}`)
  }
}

/** Refuses every permission, and every request that leaves the machine: the window talks to the engine only. */
export function hardenSession(session: Session): void {
  // copying a number or a letter to the clipboard is the one thing the window may
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }))
}

/** Whether a page is one of ours: checked for navigation and for every message from a window. */
export const isOwnPage = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`)

const isLocal = (url: string): boolean => isOwnPage(url) || /^(blob|data|devtools|chrome-extension):/.test(url)
