import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { zLang } from '../contract/value.ts'

const zWindowSettings = z.object({
  /** Null until the officer has chosen one. */
  language: zLang.nullable(),
  bounds: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number(), maximized: z.boolean() })
    .nullable(),
})
export type WindowSettings = z.infer<typeof zWindowSettings>

const NONE: WindowSettings = { language: null, bounds: null }
const fileOf = (home: string): string => join(home, 'window.json')

/** What must be known before the window paints. An unreadable file counts as none: it holds only comfort. */
export function readWindowSettings(home: string): WindowSettings {
  try {
    return zWindowSettings.parse(JSON.parse(readFileSync(fileOf(home), 'utf8')))
  } catch {
    return NONE
  }
}

/** Replaces the settings in one step, so that a crash leaves the old ones. */
export function saveWindowSettings(home: string, settings: WindowSettings): void {
  const file = fileOf(home)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, JSON.stringify(settings), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
