import { useTranslation } from 'react-i18next'
import { businessDate, daysBetween } from '../../domain/businessDate.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import classes from './DueDate.module.css'

/** A last day to act with the days left in words; overdue says so. */
export function DueDate({ date }: { readonly date: string }) {
  const { t } = useTranslation('common')
  const { shortDate } = useFormat()
  const now = useNow(300)
  const left = daysBetween(businessDate(new Date(now).toISOString()), date)
  const urgency = left < 0 ? 'overdue' : left <= 3 ? 'soon' : 'later'
  return (
    <span className={classes.due} data-urgency={urgency}>
      {shortDate(date)}{' '}
      <span className={classes.left}>
        {left < 0 ? t('due.over', { count: -left }) : left === 0 ? t('due.today') : t('due.left', { count: left })}
      </span>
    </span>
  )
}
