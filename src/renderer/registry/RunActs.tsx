import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { declineRun, type SignableRun, signRun } from '../../domain/blockRun.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

/** Signing a run, declining it, or withdrawing one's own; only what the officer may do is offered. */
export function RunActs({ run }: { readonly run: SignableRun }) {
  const { t } = useTranslation(['registry', 'common', 'term'])
  const officer = useOfficer()
  const sign = useActing('blockrun-sign')
  const [declining, setDeclining] = useState(false)
  if (!officer || run.state !== 'awaiting-signature') return null
  const signing = signRun(run, officer)
  const isOwn = run.by === officer.id
  const answer = (agrees: boolean, note = ''): void =>
    sign.mutate(
      { run: run.id, agrees, note },
      {
        onSuccess: ({ state }) => {
          setDeclining(false)
          notifyDone(t('run.now', { state: t(`term:runState.${state}`) }))
        },
        onError: notifyProblem,
      },
    )
  const end = t(isOwn ? 'run.withdraw' : 'run.decline')
  return (
    <Group>
      {signing.ok && (
        <Button onClick={() => answer(true)} loading={sign.isPending} data-testid="run-sign">
          {t('run.sign')}
        </Button>
      )}
      {!signing.ok && ['own-act', 'already-signed'].includes(signing.problem.code) && (
        <Text size="sm">{t('run.another')}</Text>
      )}
      {declineRun(run, officer).ok && (
        <Button
          variant="default"
          onClick={() => setDeclining(true)}
          disabled={sign.isPending}
          data-testid="run-decline"
        >
          {end}
        </Button>
      )}
      {declining && (
        <ReasonDialog
          title={end}
          busy={sign.isPending}
          close={() => setDeclining(false)}
          send={(note) => answer(false, note)}
        />
      )}
    </Group>
  )
}
