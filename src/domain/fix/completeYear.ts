import type { BatchField } from '../checks/batchField.ts'
import { sortOf } from './fieldSort.ts'

/** Writes a year of two digits in full: 03.11.25 → 03.11.2025. Mobile telephones came to the country in the nineties. */
export function completeYear(text: string, field: BatchField): string {
  if (sortOf(field) !== 'date') return text
  const m = /^(\s*\d{1,2}([./-])\d{1,2}\2)(\d{2})(?=$|[\s,гжT])/.exec(text)
  if (!m) return text
  const year = Number(m[3])
  return `${(m[1] as string).trimStart()}${year >= 90 ? '19' : '20'}${m[3]}${text.slice(m[0].length)}`
}
