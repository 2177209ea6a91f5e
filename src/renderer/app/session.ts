import type { Settings, Status } from '../../contract/engine/session.ts'
import { type Act, may, type Officer } from '../../domain/officer.ts'
import { queryClient, reading, useReading } from './queries.ts'

/** State of the desk; null until the engine answered. */
export const useStatus = (): Status | null => useReading('status', {}).data ?? null

/** Whether the registry answers, as this window last heard; for acts, which must not draw anything again when it changes. */
export const isOnline = (): boolean => queryClient.getQueryData<Status>(reading('status', {}).queryKey)?.online === true

/** Until all that the registry had is here, or once was, figures and lists are those of a part: the rest is `coming`, or `waits` for a connection. */
export type Filling = 'filled' | 'coming' | 'waits'

export function useFilling(): Filling {
  const status = useStatus()
  if (!status || status.filled) return 'filled'
  return status.online || status.link === 'connecting' ? 'coming' : 'waits'
}

/** The officer signed in; null when nobody is. */
export const useOfficer = (): Officer | null => useStatus()?.officer ?? null

/** Whether the officer's role allows the act; the registry has the last word. */
export function useMay(act: Act): boolean {
  const officer = useOfficer()
  return officer !== null && may(officer, act).ok
}

const BEFORE_ANSWER: Settings = { language: 'kk', theme: 'system', singleKeys: true, machineHelp: true }

/** The desk's settings, with defaults until the engine answered. */
export const useSettings = (): Settings => useReading('settings', {}).data ?? BEFORE_ANSWER
