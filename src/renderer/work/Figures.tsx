import { Skeleton, UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useReading } from '../app/queries.ts'
import { useFilling } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { TO_SIGN } from './AwaitingSignature.tsx'
import classes from './Figures.module.css'

const SHOWN = ['open', 'overdue', 'dueThisWeek', 'mine', 'drafts'] as const

/** The queue in numbers, which stay open until the desk has been filled; each number leads to its appeals, the last to what is to be signed, of whatever kind. Marks the moment from which the desk can be worked with. */
export function Figures() {
  const { t } = useTranslation('work')
  const { number } = useFormat()
  const { data } = useReading('appeal-counts', {})
  const toSign = useReading('to-sign', {}).data
  const filling = useFilling()
  const filled = filling === 'filled'
  const figure = (count: number | undefined): ReactNode => {
    if (filling === 'coming') return <Skeleton width={44} height={29} />
    return filled && count !== undefined ? number(count) : t('common:nothing')
  }
  const usable = data !== undefined
  useEffect(() => {
    if (usable) performance.mark('work-usable')
  }, [usable])
  return (
    <ul className={classes.figures} aria-label={t('figures.label')} aria-busy={filling === 'coming'} data-figures>
      {SHOWN.map((name) => (
        <li key={name}>
          <Link
            to="/appeals"
            search={{ show: name }}
            className={classes.figure}
            data-alarm={filled && name === 'overdue' && (data?.overdue ?? 0) > 0}
          >
            <span className={classes.value}>{figure(data?.[name])}</span>
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
          <span className={classes.value}>{figure(toSign?.length)}</span>
          <span className={classes.name}>{t('figures.awaitingMySignature')}</span>
        </UnstyledButton>
      </li>
    </ul>
  )
}
