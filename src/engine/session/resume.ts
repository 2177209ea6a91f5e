import { zOfficer } from '../../contract/value.ts'
import type { Officer } from '../../domain/officer.ts'
import type { DeskStore } from '../db/store.ts'

/** Who was signed in when this engine was last started by the same host: an engine that crashed comes back as it was. */
export function resumable(store: DeskStore, hostSession: string): Officer | null {
  const text = store.read.value<string>(`SELECT value FROM setting WHERE key = 'session'`)
  if (text === undefined) return null
  const { host, officer } = JSON.parse(text) as { host?: unknown; officer?: unknown }
  return host === hostSession ? (zOfficer.safeParse(officer).data ?? null) : null
}

export function rememberSession(store: DeskStore, hostSession: string, officer: Officer | null): void {
  store.write((tx) =>
    tx.run(
      `INSERT INTO setting(key, value) VALUES ('session', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      JSON.stringify({ host: hostSession, officer }),
    ),
  )
}
