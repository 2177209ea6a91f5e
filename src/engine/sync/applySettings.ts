import type { EventDoc } from '../../contract/registry.ts'
import type { Writer } from '../db/handle.ts'

/** Settings of the registry hold on this desk from the event on; the hours offline only where they are set, else the policy's hold. */
export function applySettings(tx: Writer, { by: _by, ...settings }: EventDoc<'settings-set'>): void {
  tx.run(
    'UPDATE cursor SET settings = ?, offline_hours = coalesce(?, offline_hours) WHERE id = 1',
    JSON.stringify(settings),
    settings.offlineHours,
  )
}
