import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typedDay } from '../../src/renderer/i18n/typedDay.ts'

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('a day typed as officers write it is that day, however its parts are kept apart', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('.', '/', '-', ' ', ','), (iso, mark) => {
      const [year, month, date] = iso.split('-')
      expect(typedDay([date, month, year].join(mark))).toBe(iso)
      expect(typedDay(` ${Number(date)}${mark}${Number(month)}${mark}${year} `)).toBe(iso)
      expect(typedDay(`${date}${month}${year}`)).toBe(iso)
      expect(typedDay(iso)).toBe(iso)
    }),
  )
})

test('while it is being typed, or where no calendar has it, it is no day', () => {
  expect(typedDay('05.12.2026')).toBe('2026-12-05')
  const typing = '18.12.2026'
  for (let length = 0; length < typing.length; length++) expect(typedDay(typing.slice(0, length))).toBeNull()
  for (const none of [
    '30.02.2026',
    '29.02.2027',
    '12.31.2026',
    '00.01.2026',
    '1',
    '2026',
    '18.12.26',
    'today',
    '2026-2-3',
  ])
    expect(typedDay(none)).toBeNull()
})
