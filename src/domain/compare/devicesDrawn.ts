import type { Imei14 } from '../fact.ts'

/** Devices among groups of IMEIs, each group of one device; groups that have an IMEI in common are the same device. */
export function devicesDrawn(groups: Iterable<readonly Imei14[]>): number {
  const next = new Map<Imei14, Imei14>()
  const root = (imei: Imei14): Imei14 => {
    let at = imei
    for (let up = next.get(at); up !== undefined && up !== at; up = next.get(at)) at = up
    return at
  }
  for (const group of groups) {
    const [first] = group
    if (first === undefined) continue
    for (const imei of group) {
      if (!next.has(imei)) next.set(imei, imei)
      next.set(root(imei), root(first))
    }
  }
  let devices = 0
  for (const [imei, up] of next) if (imei === up) devices++
  return devices
}
