import { addDays, businessDate, isIsoDate } from './businessDate.ts'
import type { IsoDate } from './fact.ts'

/** A cell that should hold a date. `iso`: what the spreadsheet itself says of a date cell. */
export interface DateCell {
  readonly kind: 'text' | 'number' | 'date'
  readonly text: string
  readonly iso?: string | null
}

export const DATE_FAULTS = ['date-missing', 'date-unreadable', 'date-impossible'] as const
export type DateFault = (typeof DATE_FAULTS)[number]
/** Shown, do not reject. */
export type DateNote = 'date-short-year'

export type ParsedDate =
  | { readonly ok: true; readonly date: IsoDate; readonly note: DateNote | null }
  | { readonly ok: false; readonly fault: DateFault }

/** Before mobile telephones came to Kazakhstan a date is a slip of the keyboard, most often an empty Excel date. */
const EARLIEST: IsoDate = '1990-01-01'

const bad = (fault: DateFault): ParsedDate => ({ ok: false, fault })

function made(year: number, month: number, day: number, note: DateNote | null = null): ParsedDate {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isIsoDate(date) && date >= EARLIEST ? { ok: true, date, note } : bad('date-impossible')
}

/**
 * Reads a date: DD.MM.YYYY (also with / - or spaces), ISO, YYYYMMDD, "3 ноября 2025 г.", Excel's day numbers; a time behind it is
 * dropped, one with a zone is turned into the business date. A year of two digits is read as 20YY and flagged.
 */
export function parseDate(cell: DateCell, date1904 = false): ParsedDate {
  if (cell.kind === 'date' && cell.iso && /^\d{4}-/.test(cell.iso)) return parseText(cell.iso)
  if (cell.kind !== 'text' && /^\d{1,5}(\.\d+)?$/.test(cell.text)) return fromSerial(Number(cell.text), date1904)
  return parseText(cell.text)
}

/**
 * Excel's day number. The 1900 system counts from 1 January 1900 = 1 and has a 29 February 1900 that never was; the 1904 system
 * counts from 1 January 1904 = 0.
 */
function fromSerial(serial: number, date1904: boolean): ParsedDate {
  const day = Math.floor(serial)
  if (date1904) return later(addDays('1904-01-01', day))
  return day < 61 ? bad('date-impossible') : later(addDays('1899-12-30', day))
}

const later = (date: IsoDate): ParsedDate =>
  date >= EARLIEST ? { ok: true, date, note: null } : bad('date-impossible')

/** A time of day, with seconds and zone or without, and the "г." that Russian puts behind a year. */
const TAIL = String.raw`(?:\s*(?:г\.?|ж\.?|года|жыл\S*))?(?:[\sT,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?)?\s*$`
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})${TAIL}`, 'i')
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[./\- ](\d{1,2})[./\- ](\d{1,2})${TAIL}`, 'i')
const COMPACT = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})(?:\d{6})?${TAIL}`, 'i')
const WORDS = new RegExp(String.raw`^(\d{1,2})[\s.-]*(\p{L}{3,})[\s.,-]*(\d{4})${TAIL}`, 'iu')
const ZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/

function parseText(source: string): ParsedDate {
  if (ISO_DAY.test(source)) return made(Number(source.slice(0, 4)), Number(source.slice(5, 7)), Number(source.slice(8)))
  const text = source.replace(/[\s\u200b\ufeff]+/g, ' ').replace(/^['’ ]+|[ ]+$/g, '')
  if (text === '') return bad('date-missing')
  if (ZONED.test(text)) {
    const at = Date.parse(text)
    if (Number.isNaN(at)) return bad('date-impossible')
    return later(businessDate(new Date(at).toISOString()))
  }
  let m = DAY_FIRST.exec(text)
  if (m) {
    const short = m[3]?.length === 2
    return made(Number(m[3]) + (short ? 2000 : 0), Number(m[2]), Number(m[1]), short ? 'date-short-year' : null)
  }
  m = YEAR_FIRST.exec(text) ?? COMPACT.exec(text)
  if (m) return made(Number(m[1]), Number(m[2]), Number(m[3]))
  m = WORDS.exec(text)
  const month = m ? monthOf(m[2] as string) : 0
  return m && month > 0 ? made(Number(m[3]), month, Number(m[1])) : bad('date-unreadable')
}

/** Beginnings that tell the months apart in Russian, Kazakh and English. */
const MONTHS: readonly (readonly string[])[] = [
  ['янв', 'қаң', 'кан', 'jan'],
  ['фев', 'ақп', 'акп', 'feb'],
  ['мар', 'нау', 'mar'],
  ['апр', 'сәу', 'сау', 'apr'],
  ['май', 'мая', 'мам', 'may'],
  ['июн', 'мау', 'jun'],
  ['июл', 'шіл', 'шил', 'jul'],
  ['авг', 'там', 'aug'],
  ['сен', 'қыр', 'кыр', 'sep'],
  ['окт', 'қаз', 'каз', 'oct'],
  ['ноя', 'қар', 'кар', 'nov'],
  ['дек', 'жел', 'dec'],
]

const monthOf = (word: string): number =>
  MONTHS.findIndex((names) => names.some((name) => word.toLowerCase().startsWith(name))) + 1
