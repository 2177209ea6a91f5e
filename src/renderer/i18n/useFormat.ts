import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formatDate,
  formatInstant,
  formatMonth,
  formatNumber,
  formatShare,
  formatShortDate,
} from '../../contract/format.ts'
import { useLanguage } from './useLanguage.ts'

export interface Format {
  /** 22 қараша 2026. */
  readonly date: (isoDate: string) => string
  /** 22.11.2026. */
  readonly shortDate: (isoDate: string) => string
  readonly month: (isoMonth: string) => string
  /** 14:05, in UTC+5. */
  readonly time: (instant: string) => string
  /** 22.11.2026 14:05, in UTC+5. */
  readonly instant: (instant: string) => string
  readonly number: (value: number, digits?: number) => string
  readonly share: (share: number) => string
  readonly bytes: (bytes: number) => string
  /** "3 minutes ago": from an instant to now (ms since 1970). */
  readonly age: (instant: string, now: number) => string
}

const AGES = [
  ['minutes', 60_000, 60],
  ['hours', 3_600_000, 24],
  ['days', 86_400_000, Number.POSITIVE_INFINITY],
] as const
const UNITS = ['b', 'kb', 'mb', 'gb'] as const

/** Dates and numbers in the language of the window. */
export function useFormat(): Format {
  const language = useLanguage()
  const { t } = useTranslation('common')
  return useMemo(
    () => ({
      date: (date) => formatDate(date, language),
      shortDate: (date) => formatShortDate(date, language),
      month: (month) => formatMonth(month, language),
      time: (at) => formatInstant(at, language).slice(-5),
      instant: (at) => formatInstant(at, language),
      number: (value, digits) => formatNumber(value, language, digits),
      share: (share) => formatShare(share, language),
      bytes: (bytes) => {
        const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
        const value = bytes / 1024 ** power
        const digits = power === 0 || value >= 100 ? 0 : 1
        return t(`bytes.${UNITS[power] ?? 'b'}`, { value: formatNumber(value, language, digits) })
      },
      age: (instant, now) => {
        const ms = now - Date.parse(instant)
        if (ms < 60_000) return t('age.now')
        for (const [unit, size, limit] of AGES) {
          const count = Math.floor(ms / size)
          if (count < limit) return t(`age.${unit}`, { count })
        }
        return formatInstant(instant, language)
      },
    }),
    [language, t],
  )
}
