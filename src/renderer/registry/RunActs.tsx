import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { declineRun, type SignableRun, signRun } from '../../domain/blockRun.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { useOfficer } from '../app/session.ts'

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
        <Decline
          title={end}
          busy={sign.isPending}
          close={() => setDeclining(false)}
          send={(note) => answer(false, note)}
        />
      )}
    </Group>
  )
}

interface DeclineProps {
  readonly title: string
  readonly busy: boolean
  readonly close: () => void
  readonly send: (note: string) => void
}

function Decline({ title, busy, close, send }: DeclineProps) {
  const { t } = useTranslation(['registry', 'common'])
  const [note, setNote] = useState('')
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Textarea
          label={t('run.note')}
          required
          maxLength={4000}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="end">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button onClick={() => send(note.trim())} loading={busy} disabled={note.trim() === ''}>
            {title}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
