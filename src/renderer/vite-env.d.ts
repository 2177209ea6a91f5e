/// <reference types="vite/client" />
import type { Bridge } from '../contract/shell.ts'

declare global {
  interface Window {
    /** Put there by the preload; the window's only way to the main process. */
    readonly tamga: Bridge
  }
}
