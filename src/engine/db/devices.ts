import type { Imei14 } from '../../domain/fact.ts'
import { imei14Text, tacOf } from '../../domain/imei.ts'
import type { Reader } from './handle.ts'

export const DEVICE_OF_TAC = `SELECT t.brand, t.model FROM tac t CROSS JOIN batch b ON b.no = t.batch
  WHERE t.tac = ? AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL ORDER BY t.batch DESC LIMIT 1`

export interface Device {
  readonly tac: string
  readonly brand: string | null
  readonly model: string | null
}

/** Brand and model by the TAC table of the newest live list; remembers what it has looked up, so make one for each call. */
export function devices(cache: Reader): (imei14: Imei14) => Device {
  const known = new Map<number, Device>()
  return (imei14) => {
    const tac = tacOf(imei14)
    let device = known.get(tac)
    if (!device) {
      const row = cache.rows<[brand: string, model: string]>(DEVICE_OF_TAC).get(tac)
      device = { tac: imei14Text(imei14).slice(0, 8), brand: row?.[0] ?? null, model: row?.[1] ?? null }
      known.set(tac, device)
    }
    return device
  }
}
