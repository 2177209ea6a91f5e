import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { isOpen } from '../../domain/appeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useOfficer } from '../app/session.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './DecisionBar.module.css'
import type { ReviewMode } from './reviewMode.ts'

interface Props {
  readonly appeal: AppealWhole
  readonly mode: ReviewMode
  readonly busy: boolean
  readonly take: () => void
  readonly next: () => void
}

/** Below an appeal that the officer only reads: why, and what he can do. */
export function TakeBar({ appeal, mode, busy, take, next }: Props) {
  const { t } = useTranslation(['appeals', 'term'])
  const nameOf = useOfficerName()
  const officer = useOfficer()
  const why = whyReading(appeal, mode, officer?.id)
  return (
    <section className={classes.bar} aria-label={t('pane.decision')}>
      <Group justify="space-between">
        <span>
          {t(`reading.${why}`, {
            officer: nameOf(appeal.lease?.officer ?? appeal.assignedTo ?? ''),
            state: t(`term:appealState.${appeal.state}`),
          })}
        </span>
        {mode === 'take' ? (
          <Button
            autoFocus
            loading={busy}
            rightSection={<KeyCap press="$mod+Enter" />}
            onClick={take}
            data-testid="take"
          >
            {t('reading.take')}
          </Button>
        ) : (
          <Button variant="default" loading={busy} onClick={next}>
            {t('reading.next')}
          </Button>
        )}
      </Group>
    </section>
  )
}

function whyReading(
  { state, lease, notBy, assignedTo }: AppealWhole,
  mode: ReviewMode,
  officer: string | undefined,
): string {
  if (mode === 'take') return 'free'
  if (mode === 'pending') return 'pending'
  if (state === 'awaiting-signature') return 'awaits'
  if (!isOpen(state)) return 'closed'
  if (officer !== undefined && notBy?.includes(officer)) return 'others'
  if (lease) return 'held'
  return assignedTo && assignedTo !== officer ? 'assigned' : 'open'
}
