import { imei14Text } from '../../imei.ts'
import { historyRule } from '../historyRule.ts'

/**
 * The row makes a device of this IMEI and others, but the registry knows it together with different ones. A part of the known device,
 * or the known device and one more IMEI, is no contradiction.
 */
export const pairContradicts = historyRule({
  code: 'pair-contradicts',
  scope: 'history',
  level: 'warning',
  field: 'imei2',
  find(row, { facts }, recall) {
    if (row.op === 'remove') return null
    let device: readonly number[] | null = null
    for (const f of facts) {
      if (f.next === 0 || f.op === 'remove') continue
      device ??= recall.device()
      if (device.length < 2) return null
      if (device.includes(f.next)) continue
      const known = recall.deviceOf(f)
      const within = device.every((i) => known.includes(i)) || known.every((i) => device?.includes(i))
      if (!within)
        return {
          other: known
            .filter((i) => i !== row.imei14)
            .map(imei14Text)
            .join(', '),
          batch: f.no,
        }
    }
    return null
  },
})
