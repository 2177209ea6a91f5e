import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron'
import { APP_ORIGIN } from './appProtocol.ts'

const FIRST = { width: 1100, height: 900 }

/** The papers of the appeal in hand in a window of their own, for a second screen; it follows the desk and closes with it. */
export class PapersWindow {
  readonly #options: () => BrowserWindowConstructorOptions
  #window: BrowserWindow | undefined
  constructor(options: () => BrowserWindowConstructorOptions) {
    this.#options = options
  }

  /** Shows an appeal's papers; where the window is not open, only when `open` asks for it. */
  show(appeal: string, open: boolean, owner: BrowserWindow): void {
    const address = `${APP_ORIGIN}/index.html#/papers/${encodeURIComponent(appeal)}`
    if (this.#window) void this.#window.loadURL(address)
    else if (open) this.#window = this.#opened(address, owner)
    if (open) this.#window?.focus()
  }

  #opened(address: string, owner: BrowserWindow): BrowserWindow {
    const window = new BrowserWindow({ ...this.#options(), ...FIRST, minWidth: 500, minHeight: 400 })
    const close = (): void => window.destroy()
    owner.once('closed', close)
    window.once('closed', () => {
      owner.off('closed', close)
      this.#window = undefined
    })
    window.once('ready-to-show', () => window.show())
    void window.loadURL(address)
    return window
  }
}
