import { Button, Group, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import type { Officer } from '../../domain/officer.ts'
import { mayRevoke } from '../../domain/revocation.ts'
import { notifyDone } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { problemOf } from '../app/problems.ts'
import { useActing } from '../app/queries.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import classes from './DecisionBar.module.css'
import { RevocationEffect } from './RevocationEffect.tsx'

interface Props {
  readonly appeal: AppealWhole
  readonly revocation: NonNullable<AppealWhole['revocation']>
  readonly officer: Officer
}

/** Below an approved appeal whose approval is proposed to be taken back: by whom, why, what follows, and the second signature. */
export function RevocationBar({ appeal, revocation, officer }: Props) {
  const { t } = useTranslation(['appeals', 'reason'])
  const { instant } = useFormat()
  const nameOf = useOfficerName()
  const [note, setNote] = useState('')
  const sign = useActing('sign')
  const signs = mayRevoke(appeal, officer).ok
  const answer = (agrees: boolean): void =>
    sign.mutate(
      { id: appeal.id, agrees, note },
      { onSuccess: () => notifyDone(t(agrees ? 'revocation.signed' : 'revocation.kept', { appeal: appeal.id })) },
    )
  return (
    <section className={classes.bar} aria-label={t('pane.decision')} data-testid="revocation">
      <Text size="sm" fw={600}>
        {t('revocation.title', { officer: nameOf(revocation.by), at: instant(revocation.at) })}
      </Text>
      <Text size="sm">
        {[...revocation.reasons.map((code) => `${code} ${t(`reason:${code}.short`)}`), revocation.note].join(' · ')}
      </Text>
      <RevocationEffect appeal={appeal} />
      {sign.error !== null && <ProblemCard problem={problemOf(sign.error)} />}
      {signs ? (
        <Group gap="sm" align="end">
          <Textarea
            rows={1}
            size="sm"
            flex={1}
            label={t('revocation.note')}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button variant="default" disabled={sign.isPending} onClick={() => answer(false)}>
            {t('revocation.keep')}
          </Button>
          <Button loading={sign.isPending} onClick={() => answer(true)} data-testid="sign-revocation">
            {t('revocation.sign')}
          </Button>
        </Group>
      ) : (
        <Text size="sm">{t('revocation.waits')}</Text>
      )}
    </section>
  )
}
