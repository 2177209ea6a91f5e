import type { BatchField } from '../checks/batchField.ts'
import { hasRightCheckDigit, parseImei, splitImeis } from '../imei.ts'
import { sortOf } from './fieldSort.ts'

const MOST = 4

/**
 * Separates IMEIs that stand in one cell without anything the check could part them by (run together, or among other words): every one
 * must have its check digit. Cells that can be parted as they are stay.
 */
export function splitNumbers(text: string, field: BatchField): string {
  if (sortOf(field) !== 'imei' || text.length < 30) return text
  const parts = splitImeis(text)
  if (parts.length > 1 && parts.every((part) => parseImei(part).ok)) return text
  const found: string[] = []
  for (const run of text.match(/\d+/g) ?? []) {
    if (run.length === 1) continue
    if (run.length % 15 !== 0) return text
    for (let at = 0; at < run.length; at += 15) found.push(run.slice(at, at + 15))
  }
  const distinct = new Set(found)
  if (distinct.size < 2 || distinct.size > MOST || !found.every(hasRightCheckDigit)) return text
  return [...distinct].join(', ')
}
