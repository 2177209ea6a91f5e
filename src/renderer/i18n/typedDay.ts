import { isIsoDate } from '../../domain/businessDate.ts'
import type { IsoDate } from '../../domain/fact.ts'

const DAY_FIRST = /^(\d{1,2})[.,/ -](\d{1,2})[.,/ -](\d{4})$|^(\d{2})(\d{2})(\d{4})$/

/**
 * The day an officer typed: day, month and year of four digits (18.12.2026, 1/2/2026, 18122026), or as machines write it (2026-12-18).
 * Null while it is not whole, and for a day that no calendar has. Never the month first: `new Date('05.12.2026')` is a day in May.
 */
export function typedDay(text: string): IsoDate | null {
  const trimmed = text.trim()
  if (isIsoDate(trimmed)) return trimmed
  const parts = DAY_FIRST.exec(trimmed)
  if (parts === null) return null
  const [day = '', month = '', year = ''] = parts.slice(1).filter((part) => part !== undefined)
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isIsoDate(iso) ? iso : null
}
