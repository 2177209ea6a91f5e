import type { Seq } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'
import { UNKNOWN } from './catalogue.ts'
import { deviceAt } from './queries.ts'

export interface DeviceNames {
  readonly brand: string
  readonly model: string
}

const NOT_KNOWN: DeviceNames = { brand: UNKNOWN, model: UNKNOWN }

/** Brand and "brand model" of TACs by the TAC table of a sequence number; remembers what it has looked up. */
export function devicesAt(cache: Reader, seq: Seq): (tac: number) => DeviceNames {
  const known = new Map<number, DeviceNames>()
  return (tac) => {
    let names = known.get(tac)
    if (!names) {
      const [brand, model] = deviceAt(cache, tac, seq) ?? []
      names = brand ? { brand, model: `${brand} ${model ?? ''}`.trim() } : NOT_KNOWN
      known.set(tac, names)
    }
    return names
  }
}
