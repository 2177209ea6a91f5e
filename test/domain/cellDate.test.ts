import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween } from '../../src/domain/businessDate.ts'
import { parseDate } from '../../src/domain/cellDate.ts'

const read = (text: string) => {
  const parsed = parseDate({ kind: 'text', text })
  return parsed.ok ? parsed.date : parsed.fault
}
const day = fc.integer({ min: 0, max: daysBetween('1990-01-01', '2060-12-31') }).map((n) => addDays('1990-01-01', n))

describe('a date in a cell', () => {
  it('is read as people and programs write it', () => {
    for (const text of [
      '03.11.2026',
      '3.11.2026',
      '03/11/2026',
      '03-11-2026',
      '2026-11-03',
      '2026/11/03',
      '20261103',
      '03.11.2026 14:05',
      '03.11.2026 14:05:09',
      '2026-11-03T14:05:00',
      '03.11.2026 г.',
      '3 ноября 2026 г.',
      '3 қараша 2026 ж.',
      '3 Nov 2026',
      '\u00a003.11.2026 ',
    ])
      expect(read(text), text).toBe('2026-11-03')
  })
  it('with a zone is the business date of Kazakhstan', () => {
    expect(read('2026-11-03T18:59:59Z')).toBe('2026-11-03')
    expect(read('2026-11-03T19:00:00Z')).toBe('2026-11-04')
    expect(read('2026-11-04T00:30:00+05:00')).toBe('2026-11-04')
  })
  it('with a year of two digits is read, and flagged', () => {
    expect(parseDate({ kind: 'text', text: '03.11.26' })).toEqual({
      ok: true,
      date: '2026-11-03',
      note: 'date-short-year',
    })
  })
  it('as a number is a day of Excel, in either of its calendars', () => {
    expect(parseDate({ kind: 'number', text: '46329' })).toMatchObject({ date: '2026-11-03' })
    expect(parseDate({ kind: 'number', text: '46329.75' })).toMatchObject({ date: '2026-11-03' })
    expect(parseDate({ kind: 'number', text: '44867' }, true)).toMatchObject({ date: '2026-11-03' })
    expect(parseDate({ kind: 'number', text: '0' })).toMatchObject({ fault: 'date-impossible' })
    expect(parseDate({ kind: 'number', text: '20261103' })).toMatchObject({ date: '2026-11-03' })
  })
  it('that the spreadsheet calls a date is taken at its word', () => {
    expect(parseDate({ kind: 'date', text: '2026-11-03', iso: '2026-11-03T14:05:00' })).toMatchObject({
      date: '2026-11-03',
    })
  })
  it('that is none says why', () => {
    expect(read('31.02.2026')).toBe('date-impossible')
    expect(read('00.00.0000')).toBe('date-impossible')
    expect(read('01.01.1900')).toBe('date-impossible')
    expect(read('вчера')).toBe('date-unreadable')
    expect(read(' ')).toBe('date-missing')
  })
  it('comes back the same from every way of writing it', () => {
    fc.assert(
      fc.property(day, (iso) => {
        const [y, m, d] = iso.split('-') as [string, string, string]
        const serial = daysBetween('1899-12-30', iso)
        expect(read(`${d}.${m}.${y}`)).toBe(iso)
        expect(read(iso)).toBe(iso)
        expect(parseDate({ kind: 'number', text: String(serial) })).toMatchObject({ date: iso })
        expect(parseDate({ kind: 'number', text: String(serial - 1462) }, true)).toMatchObject({ date: iso })
      }),
    )
  })
})
