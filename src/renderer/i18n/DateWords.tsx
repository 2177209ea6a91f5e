import { DatesProvider } from '@mantine/dates'
import 'dayjs/locale/kk'
import 'dayjs/locale/ru'
import type { ReactNode } from 'react'
import { useLanguage } from './useLanguage.ts'

/** Calendars in the language of the window; weeks begin on Monday. */
export function DateWords({ children }: { readonly children: ReactNode }) {
  return <DatesProvider settings={{ locale: useLanguage(), firstDayOfWeek: 1 }}>{children}</DatesProvider>
}
