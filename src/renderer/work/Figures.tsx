import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import classes from './Figures.module.css'

const SHOWN = ['open', 'overdue', 'dueThisWeek', 'mine', 'drafts', 'awaitingMySignature'] as const

/** The queue in numbers; each number leads to its appeals. Marks the moment from which the desk can be worked with. */
export function Figures() {
  const { t } = useTranslation('work')
  const { number } = useFormat()
  const { data } = useReading('appeal-counts', {})
  const usable = data !== undefined
  useEffect(() => {
    if (usable) performance.mark('work-usable')
  }, [usable])
  return (
    <ul className={classes.figures} aria-label={t('figures.label')} data-figures>
      {SHOWN.map((name) => (
        <li key={name}>
          <Link
            to="/appeals"
            search={{ show: name }}
            className={classes.figure}
            data-alarm={name === 'overdue' && (data?.overdue ?? 0) > 0}
          >
            <span className={classes.value}>{data ? number(data[name]) : t('common:nothing')}</span>
            <span className={classes.name}>{t(`figures.${name}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
