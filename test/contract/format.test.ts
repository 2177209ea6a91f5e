import { expect, test } from 'vitest'
import {
  formatDate,
  formatInstant,
  formatLetterDate,
  formatMonth,
  formatNumber,
  formatShare,
  formatShortDate,
} from '../../src/contract/format.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

test('dates are written as in Kazakhstan, in Kazakh too', () => {
  expect(plain(formatDate('2026-11-22', 'kk'))).toBe('22 қараша 2026')
  expect(plain(formatDate('2026-11-02', 'ru'))).toBe('2 ноября 2026')
  expect(plain(formatDate('2026-11-02', 'en'))).toBe('2 November 2026')
  expect(formatShortDate('2026-11-22', 'kk')).toBe('22.11.2026')
  expect(plain(formatShortDate('2026-03-05', 'en'))).toBe('5 Mar 2026')
  expect(plain(formatMonth('2026-11', 'ru'))).toBe('ноябрь 2026')
  expect(plain(formatMonth('2026-07', 'kk'))).toBe('шілде 2026')
})

test('a letter writes dates in full, as the language’s officials do', () => {
  expect(plain(formatLetterDate('2026-11-22', 'kk'))).toBe('2026 жылғы 22 қараша')
  expect(plain(formatLetterDate('2026-11-02', 'ru'))).toBe('2 ноября 2026 года')
  expect(formatLetterDate('soon', 'kk')).toBe('soon')
})

test('an instant is shown in the time of Kazakhstan', () => {
  expect(formatInstant('2026-11-22T20:30:00.000Z', 'ru')).toBe('23.11.2026 01:30')
})

test('a text that is no date is shown as it is', () => {
  expect(formatDate('soon', 'kk')).toBe('soon')
  expect(formatShortDate('2026-13-01', 'ru')).toBe('2026-13-01')
})

test('numbers are grouped by the language', () => {
  expect(plain(formatNumber(127682, 'kk'))).toBe('127 682')
  expect(formatNumber(1234567, 'en')).toBe('1,234,567')
  expect(plain(formatNumber(1234.5, 'ru', 2))).toBe('1 234,50')
  expect(formatNumber(-1000, 'en')).toBe('−1,000')
  expect(formatNumber(-0.2, 'en')).toBe('0')
  expect(formatNumber(999, 'ru')).toBe('999')
  expect(plain(formatShare(0.125, 'kk'))).toBe('12,5 %')
  expect(formatShare(0.125, 'en')).toBe('12.5%')
})
