import { SegmentedControl, Tooltip, UnstyledButton } from '@mantine/core'
import { IconClockExclamation, IconCloud, IconCloudOff, IconInbox, IconInboxOff, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../../contract/engine/session.ts'
import { zLang } from '../../../contract/value.ts'
import type { Officer } from '../../../domain/officer.ts'
import { LANGUAGES } from '../../i18n/language.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useLanguage } from '../../i18n/useLanguage.ts'
import { useNow } from '../../i18n/useNow.ts'
import { changeSettings } from '../changeSettings.ts'
import { notifyProblem } from '../notify.tsx'
import { useActing } from '../queries.ts'
import { JobsButton } from './JobsButton.tsx'
import classes from './StatusBar.module.css'

interface Props {
  readonly status: Status
  readonly officer: Officer
}

/** Link, age of the last sync, outbox, jobs; officer and role, language. */
export function StatusBar({ status, officer }: Props) {
  const { t } = useTranslation(['common', 'term'])
  const { age, number } = useFormat()
  const now = useNow(20)
  const language = useLanguage()
  const sync = useActing('sync')
  const waiting = status.pending + status.needsAttention
  return (
    <footer className={classes.bar}>
      <Tooltip label={t('status.sync-now')}>
        <UnstyledButton
          className={classes.item}
          data-link={status.link}
          onClick={() => sync.mutate({}, { onError: notifyProblem })}
        >
          {status.online ? <IconCloud size={15} aria-hidden /> : <IconCloudOff size={15} aria-hidden />}
          {t(`status.link.${status.link}`)}
          <span className={classes.quiet}>
            {status.lastSync ? t('status.synced', { age: age(status.lastSync, now) }) : t('status.never-synced')}
          </span>
        </UnstyledButton>
      </Tooltip>
      {status.clockOff !== undefined && <ClockOff minutes={status.clockOff} />}
      <Link to="/settings" hash="outbox" className={classes.item} data-attention={status.needsAttention > 0}>
        {waiting > 0 ? <IconInbox size={15} aria-hidden /> : <IconInboxOff size={15} aria-hidden />}
        {waiting === 0 && t('status.outbox-empty')}
        {status.pending > 0 && t('status.outbox', { count: status.pending })}
        {status.pending > 0 && status.needsAttention > 0 && ' ·'}
        {status.needsAttention > 0 && <strong>{t('status.attention', { count: status.needsAttention })}</strong>}
      </Link>
      <JobsButton />
      <span className={classes.space} />
      <span className={`${classes.quiet} ${classes.late}`}>{t('status.seq', { seq: number(status.seq) })}</span>
      {status.sample && <span className={classes.sample}>{t('status.sample')}</span>}
      <span className={`${classes.item} ${classes.officer}`} title={officer.name}>
        <IconUser size={15} aria-hidden />
        <span data-testid="officer">{officer.name}</span>
        <span className={`${classes.quiet} ${classes.late}`}>{t(`term:role.${officer.role}`)}</span>
      </span>
      <SegmentedControl
        size="xs"
        className={classes.language}
        aria-label={t('language.label')}
        data={LANGUAGES.map((value) => ({ value, label: t(`language.short.${value}`) }))}
        value={language}
        onChange={(value) => void changeSettings({ language: zLang.parse(value) })}
      />
    </footer>
  )
}

/** A clock that is off is told in words: it makes days and terms on this desk wrong, though nothing that is decided. */
function ClockOff({ minutes }: { readonly minutes: number }) {
  const { t } = useTranslation('common')
  const off = Math.abs(minutes)
  const values = { hours: Math.floor(off / 60), minutes: off % 60 }
  return (
    <Tooltip label={t('status.clock-remedy')} multiline maw={360}>
      <span className={`${classes.item} ${classes.clock}`} data-attention data-testid="clock-off" role="status">
        <IconClockExclamation size={15} aria-hidden />
        <strong>{minutes > 0 ? t('status.clock-ahead', values) : t('status.clock-behind', values)}</strong>
      </span>
    </Tooltip>
  )
}
