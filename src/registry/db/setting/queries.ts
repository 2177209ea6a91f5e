import { type RegistrySettings, zRegistrySettings } from '../../../contract/registry/settings.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

/** The registry's settings; what was never set has its default. */
export async function settings(db: Sql): Promise<RegistrySettings> {
  const rows = await db.all<{ key: string; value: unknown }>('SELECT key, value FROM setting')
  return zRegistrySettings.parse(Object.fromEntries(rows.map((row) => [row.key, row.value])))
}

export const setSetting = (tx: Tx, key: string, value: unknown): Promise<number> =>
  tx.run('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
    key,
    JSON.stringify(value),
  ])
