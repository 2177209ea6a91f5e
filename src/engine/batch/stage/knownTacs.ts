import type { NamedDevice, TacTable } from '../../../domain/imei.ts'
import type { Reader } from '../../db/handle.ts'

/** In the order of the table; of one code the newest list comes last, so that its names stand. */
const LIVE_TACS = `SELECT t.tac, t.brand, t.model FROM tac t CROSS JOIN batch b ON b.no = t.batch
  WHERE b.added_seq IS NOT NULL AND b.ended_seq IS NULL ORDER BY t.tac, t.batch`

/** Type codes the desk knows and whose they are, for asking after millions of them. */
export function knownTacs(cache: Reader): TacTable {
  const known = new Map<number, NamedDevice>()
  for (const [tac, brand, model] of cache.rows<[number, string, string]>(LIVE_TACS).iterate())
    known.set(tac, { brand, model })
  return { empty: known.size === 0, has: (tac) => known.has(tac), deviceOf: (tac) => known.get(tac) }
}
