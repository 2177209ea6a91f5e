import { z } from 'zod'
import { zLang } from './value.ts'

/** Window ↔ main process, through the preload's bridge. The window never sees a path: it gets tokens that the engine's host resolves. */

/** A file or folder the officer chose; `token` is good for this window until it closes. */
export const zPicked = z.object({ token: z.string(), name: z.string(), bytes: z.number().int() })
export type Picked = z.infer<typeof zPicked>

export const SHELL_CALLS = {
  /** Open dialog; null when cancelled. */
  'pick-file': {
    input: z.object({ title: z.string(), filterName: z.string(), extensions: z.array(z.string()) }),
    output: zPicked.nullable(),
  },
  /** Save dialog; the token stands for the target path. */
  'pick-target': {
    input: z.object({ title: z.string(), suggested: z.string() }),
    output: zPicked.nullable(),
  },
  'pick-folder': { input: z.object({ title: z.string() }), output: zPicked.nullable() },
  /** Language of menus and dialogs follows the window. */
  'set-language': { input: z.object({ language: zLang }), output: z.object({}) },
  /** The papers of an appeal in a window of their own; `open` false only turns a window that is there. */
  'papers-window': { input: z.object({ appeal: z.string().max(40), open: z.boolean() }), output: z.object({}) },
  'show-in-folder': { input: z.object({ token: z.string() }), output: z.object({}) },
  /** Before the desk opens: the passphrase that its key is kept under, or, for a new desk, shall be. Throws `passphrase-wrong`, `passphrase-weak`. */
  unlock: { input: z.object({ passphrase: z.string().max(1000) }), output: z.object({}) },
  /** Another passphrase for the same data. Throws `passphrase-wrong`, `passphrase-weak`. */
  'change-passphrase': {
    input: z.object({ former: z.string().max(1000), next: z.string().max(1000) }),
    output: z.object({}),
  },
  about: {
    input: z.object({}),
    output: z.object({
      version: z.string(),
      electron: z.string(),
      /** How the databases' key is kept; `file` is shown as unprotected. */
      key: z.enum(['keychain', 'passphrase', 'file']),
      practice: z.boolean(),
      home: z.string(),
    }),
  },
} as const

/** Main → window: a menu item was chosen. Names are those of the command palette. */
export const MENU_COMMANDS = [
  'go-work',
  'go-lookup',
  'go-imports',
  'go-registry',
  'go-reports',
  'go-audit',
  'go-settings',
  'next-appeal',
  'import-file',
  'sync-now',
  'palette',
  'shortcuts',
  'sign-out',
] as const
export type MenuCommand = (typeof MENU_COMMANDS)[number]

/** What the preload exposes as `window.tamga`. The engine's port arrives by `window.postMessage('tamga-engine-port', …, [port])`
 * after DOMContentLoaded, and again, the old one closed, whenever the engine was restarted. */
export interface Bridge {
  /** Answers an `Outcome` (domain/problem.ts): errors lose their class between the two worlds. */
  call(name: string, input: unknown): Promise<unknown>
  onMenu(take: (command: MenuCommand) => void): void
  /** Language and theme known before the first paint. */
  readonly start: { readonly language: 'kk' | 'ru' | 'en' | null; readonly platform: string }
}
