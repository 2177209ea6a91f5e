import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { TO_SIGN } from './AwaitingSignature.tsx'
import classes from './Figures.module.css'

const SHOWN = ['open', 'overdue', 'dueThisWeek', 'mine', 'drafts'] as const

/** The queue in numbers; each number leads to its appeals, the last to what is to be signed, of whatever kind. Marks the moment from which the desk can be worked with. */
export function Figures() {
  const { t } = useTranslation('work')
  const { number } = useFormat()
  const { data } = useReading('appeal-counts', {})
  const toSign = useReading('to-sign', {}).data
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
      <li>
        <UnstyledButton
          className={classes.figure}
          data-testid="to-sign"
          onClick={() => document.getElementById(TO_SIGN)?.scrollIntoView({ block: 'center' })}
        >
          <span className={classes.value}>{toSign ? number(toSign.length) : t('common:nothing')}</span>
          <span className={classes.name}>{t('figures.awaitingMySignature')}</span>
        </UnstyledButton>
      </li>
    </ul>
  )
}
