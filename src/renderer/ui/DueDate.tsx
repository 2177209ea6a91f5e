import { type ReactNode, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { businessDate, daysBetween } from '../../domain/businessDate.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import classes from './DueDate.module.css'

/** A last day to act with the days left in words; overdue says so. Of what was settled nothing is left to do: the day alone. */
export function DueDate({ date, settled = false }: { readonly date: string; readonly settled?: boolean }) {
  const write = useDueText()
  return write(date, settled)
}

/** Writes last days to act, for lists that have many: what they are told by is asked for once. */
export function useDueText(): (date: string, settled?: boolean) => ReactNode {
  const { t } = useTranslation('common')
  const { shortDate } = useFormat()
  const today = businessDate(new Date(useNow(300)).toISOString())
  return useCallback(
    (date, settled = false) => {
      if (settled) return <span className={classes.due}>{shortDate(date)}</span>
      const left = daysBetween(today, date)
      const urgency = left < 0 ? 'overdue' : left <= 3 ? 'soon' : 'later'
      return (
        <span className={classes.due} data-urgency={urgency}>
          {shortDate(date)}{' '}
          <span className={classes.left}>
            {left < 0 ? t('due.over', { count: -left }) : left === 0 ? t('due.today') : t('due.left', { count: left })}
          </span>
        </span>
      )
    },
    [t, shortDate, today],
  )
}
