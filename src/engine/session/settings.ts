import { type Settings, zSettings } from '../../contract/engine/session.ts'
import type { Reader } from '../db/handle.ts'
import type { DeskStore } from '../db/store.ts'

const DEFAULTS: Settings = { language: 'kk', theme: 'system', singleKeys: true, machineHelp: true }

/** The desk's settings; what was never set, or is of another version, has its default. */
export function settingsOf(desk: Reader): Settings {
  const stored = Object.fromEntries(
    desk
      .rows<[string, string]>('SELECT key, value FROM setting')
      .all()
      .map(([key, value]) => [key, JSON.parse(value) as unknown]),
  )
  const pick = <K extends keyof Settings>(key: K): Settings[K] => {
    const parsed = zSettings.shape[key].safeParse(stored[key])
    return parsed.success ? (parsed.data as Settings[K]) : DEFAULTS[key]
  }
  return {
    language: pick('language'),
    theme: pick('theme'),
    singleKeys: pick('singleKeys'),
    machineHelp: pick('machineHelp'),
  }
}

export function changeSettings(
  store: DeskStore,
  changes: { [K in keyof Settings]?: Settings[K] | undefined },
): Settings {
  store.write((tx) => {
    for (const [key, value] of Object.entries(changes))
      if (value !== undefined)
        tx.run(
          'INSERT INTO setting(key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          key,
          JSON.stringify(value),
        )
  })
  return settingsOf(store.read)
}
