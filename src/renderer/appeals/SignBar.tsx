import { Button, Group, Textarea } from '@mantine/core'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { useOfficerName } from '../app/officerNames.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import classes from './DecisionBar.module.css'
import type { NotReady } from './readiness.ts'
import type { ReviewAct, ReviewState } from './reviewState.ts'
import { SubmitDecision } from './SubmitDecision.tsx'
import { useObstacleText } from './useObstacleText.ts'

interface Props {
  readonly appeal: AppealWhole
  readonly state: ReviewState
  readonly act: (act: ReviewAct) => void
  readonly choose: (verdict: 'approve' | 'reject') => void
  readonly hindered: NotReady | null
  readonly busy: boolean
  readonly submit: () => void
  readonly saving: string
  readonly notePlace: RefObject<HTMLTextAreaElement | null>
}

/** The second signature: the first verdict opens only after the second officer has chosen his own. */
export function SignBar({ appeal, state, act, choose, hindered, busy, submit, saving, notePlace }: Props) {
  const { t } = useTranslation(['appeals', 'term'])
  const { instant } = useFormat()
  const nameOf = useOfficerName()
  const obstacleText = useObstacleText()
  const { proposal } = appeal
  const chosen = state.verdict
  return (
    <section className={classes.bar} aria-label={t('pane.decision')}>
      <div role="status" data-testid="first-verdict">
        {chosen === null || !proposal || appeal.sealed ? (
          <span className={classes.saving}>{t('sign.sealed')}</span>
        ) : (
          t('sign.opened', {
            officer: nameOf(proposal.officer),
            verdict: t(`term:verdict.${proposal.verdict}`),
            at: instant(proposal.at),
            note: [proposal.note, proposal.internal && t('internal.shown', { note: proposal.internal })]
              .filter(Boolean)
              .map((words) => ` · ${words}`)
              .join(''),
          })
        )}
        {proposal?.because && proposal.because.length > 0 && (
          <span>{` · ${t('second-needed', { why: proposal.because.map((why) => t(`second.${why}`)).join(', ') })}`}</span>
        )}
      </div>
      {chosen === 'reject' && (
        <Textarea
          ref={notePlace}
          rows={2}
          size="sm"
          aria-label={t('sign.note')}
          placeholder={t('sign.note')}
          maxLength={2000}
          value={state.note}
          onChange={(event) => act({ do: 'note', text: event.currentTarget.value })}
        />
      )}
      <Group gap="sm" wrap="nowrap">
        <Button
          variant={chosen === 'approve' ? 'filled' : 'default'}
          aria-pressed={chosen === 'approve'}
          data-verdict="approve"
          rightSection={<KeyCap press="KeyA" />}
          onClick={() => choose('approve')}
        >
          {t('sign.agree')}
        </Button>
        <Button
          variant={chosen === 'reject' ? 'filled' : 'default'}
          aria-pressed={chosen === 'reject'}
          data-verdict="reject"
          rightSection={<KeyCap press="KeyR" />}
          onClick={() => choose('reject')}
        >
          {t('sign.send-back')}
        </Button>
        <span className={classes.obstacle} role="status" data-testid="obstacle">
          {hindered && hindered.why !== 'verdict' ? obstacleText(hindered) : ''}
        </span>
        <SubmitDecision
          label={t('sign.submit')}
          saving={saving}
          hindered={hindered !== null}
          busy={busy}
          submit={submit}
        />
      </Group>
    </section>
  )
}
