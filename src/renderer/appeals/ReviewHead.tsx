import { Button, Group, Title } from '@mantine/core'
import { IconArrowBackUp, IconHistory, IconPlayerSkipForward } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { isOpen } from '../../domain/appeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useNow } from '../i18n/useNow.ts'
import { DueDate } from '../ui/DueDate.tsx'
import { FactsAge } from '../ui/FactsAge.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { ActsMenu, type AppealAct } from './ActsMenu.tsx'
import { endsWithin } from './ownLease.ts'
import classes from './ReviewHead.module.css'
import type { ReviewMode } from './reviewMode.ts'

interface Props {
  readonly appeal: AppealWhole
  readonly mode: ReviewMode
  readonly timeline: () => void
  readonly skip: () => void
  readonly back: () => void
  readonly acts: readonly AppealAct[]
  readonly chooseAct: (act: AppealAct) => void
}

/** Number, state, deadline, who holds it until when. */
export function ReviewHead({ appeal, mode, timeline, skip, back, acts, chooseAct }: Props) {
  const { t } = useTranslation(['appeals', 'term'])
  const { time, shortDate } = useFormat()
  const nameOf = useOfficerName()
  const now = useNow(15)
  const { lease } = appeal
  const held =
    lease &&
    (mode === 'decide'
      ? t(endsWithin(lease, now, 0) ? 'lease.over' : 'lease.mine', { time: time(lease.until) })
      : mode === 'read' &&
        isOpen(appeal.state) &&
        t('lease.other', { officer: nameOf(lease.officer), time: time(lease.until) }))
  return (
    <Group className={classes.head} gap="sm" wrap="nowrap">
      <Title order={1} className={classes.id}>
        {appeal.id}
      </Title>
      <span className={classes.state} data-state={appeal.state}>
        {t(`term:appealState.${appeal.state}`)}
      </span>
      <span className={classes.due}>
        {t('due')} <DueDate date={appeal.dueAt} settled={!isOpen(appeal.state)} />
      </span>
      {appeal.hearingAt && isOpen(appeal.state) && (
        <span className={classes.due} data-hearing>
          {t('hearing', { date: shortDate(appeal.hearingAt) })}
        </span>
      )}
      <FactsAge />
      {appeal.complaint && <span className={classes.state}>{t('complaint-round')}</span>}
      {held && (
        <span className={classes.lease} title={held} data-testid="held">
          {held}
        </span>
      )}
      <Group gap="xs" ml="auto" wrap="nowrap">
        <Button variant="default" size="xs" leftSection={<IconHistory size={15} aria-hidden />} onClick={timeline}>
          {t('timeline.title')}
        </Button>
        {mode === 'decide' && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlayerSkipForward size={15} aria-hidden />}
            rightSection={<KeyCap press="KeyS" />}
            onClick={skip}
          >
            {t('skip.button')}
          </Button>
        )}
        <ActsMenu acts={acts} choose={chooseAct} />
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          size="xs"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          onClick={back}
        >
          {t('queue.title')}
        </Button>
      </Group>
    </Group>
  )
}
