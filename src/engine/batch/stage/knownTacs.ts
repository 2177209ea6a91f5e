import type { TacTable } from '../../../domain/imei.ts'
import type { Reader } from '../../db/handle.ts'

const LIVE_TACS = `SELECT DISTINCT t.tac FROM tac t JOIN batch b ON b.no = t.batch
  WHERE b.added_seq IS NOT NULL AND b.ended_seq IS NULL`

/** Type codes the desk knows, for asking after millions of them. */
export function knownTacs(cache: Reader): TacTable {
  const known = new Set<number>()
  for (const [tac] of cache.rows<[number]>(LIVE_TACS).iterate()) known.add(tac)
  return { empty: known.size === 0, has: (tac) => known.has(tac) }
}
