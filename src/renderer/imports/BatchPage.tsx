import { Button, Group, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch } from '../../contract/engine/batch.ts'
import { maySign } from '../../domain/officer.ts'
import type { Problem } from '../../domain/problem.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useOfficerName } from '../app/officerNames.ts'
import { problemOf } from '../app/problems.ts'
import { useActing, useReading } from '../app/queries.ts'
import { useMay, useOfficer } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Screen } from '../ui/Screen.tsx'
import { EffectTiles } from './EffectTiles.tsx'
import classes from './FileStep.module.css'
import { useStepText } from './fix/useStepText.ts'
import { RelyingActs } from './RelyingActs.tsx'
import { SignAnew } from './SignAnew.tsx'
import { UndoDialog } from './UndoDialog.tsx'

/** One batch: what it was, what it did, who signed; withdraw it or sign it. */
export function BatchPage({ id }: { readonly id: string }) {
  const { t } = useTranslation(['imports', 'common'])
  const navigate = useNavigate()
  const batch = useReading('batch', { batch: id })
  return (
    <Screen
      facts
      title={batch.data?.file || t('batch.title')}
      actions={
        <Button variant="default" onClick={() => void navigate({ to: '/imports' })}>
          {t('batch.all')}
        </Button>
      }
    >
      <Loaded query={batch} lines={8}>
        {(found) => <Whole batch={found} />}
      </Loaded>
    </Screen>
  )
}

function Whole({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation(['imports', 'term'])
  const { date, instant, number } = useFormat()
  const textOf = useStepText()
  const officerName = useOfficerName()
  return (
    <Stack gap="lg" maw={1180} data-batch-state={batch.state}>
      <Panel title={t('batch.title')}>
        <dl className={classes.pairs}>
          <dt>{t('column.no')}</dt>
          <dd>{batch.no ?? t('common:nothing')}</dd>
          <dt>{t('column.state')}</dt>
          <dd>{t(`term:batchState.${batch.state}`)}</dd>
          <dt>{t('column.kind')}</dt>
          <dd>{t(`term:kind.${batch.kind}`)}</dd>
          <dt>{t('column.source')}</dt>
          <dd>{t(`term:source.${batch.source}`)}</dd>
          <dt>{t('list.letter')}</dt>
          <dd>
            {[batch.letter, ...(batch.letterDate ? [date(batch.letterDate)] : [])].filter(Boolean).join(' · ') ||
              t('common:nothing')}
          </dd>
          <dt>{t('column.by')}</dt>
          <dd>{[officerName(batch.by), instant(batch.at)].join(' · ')}</dd>
          <dt>{t('batch.signed')}</dt>
          <dd>{batch.signedBy.map(officerName).join(', ') || t('common:nothing')}</dd>
          <dt>{t('counts.label')}</dt>
          <dd>
            {t('counts.sentence', {
              rows: number(batch.counts.rows),
              accepted: number(batch.counts.accepted),
              rejected: number(batch.counts.rejected),
              imeis: number(batch.counts.imeis),
            })}
          </dd>
          {batch.steps.length > 0 && (
            <>
              <dt>{t('fix.steps')}</dt>
              <dd data-testid="batch-steps">
                {batch.steps.map((step) => (
                  <Text key={step.id} size="sm">
                    {textOf(step)}
                  </Text>
                ))}
              </dd>
            </>
          )}
          {batch.undo && (
            <>
              <dt>{t('batch.undo-reason')}</dt>
              <dd>
                {[batch.undo.reason, officerName(batch.undo.by), ...(batch.undo.pending ? [t('undo-waits')] : [])].join(
                  ' · ',
                )}
              </dd>
            </>
          )}
        </dl>
      </Panel>
      <EffectTiles effect={batch.effect} />
      {batch.state === 'undone' && <RelyingActs batch={batch.batch} />}
      <Acts batch={batch} />
    </Stack>
  )
}

function Acts({ batch }: { readonly batch: Batch }) {
  const { t } = useTranslation(['imports', 'term'])
  const officer = useOfficer()
  const mayUndo = useMay('undo')
  const sign = useActing('sign')
  const [undoing, setUndoing] = useState(false)
  const waits = batch.state === 'awaiting-signature' || batch.undo?.pending === true
  const madeBy = batch.undo?.pending ? batch.undo.by : batch.by
  const signing = officer && waits ? maySign(officer, [madeBy], []) : null
  const [changed, setChanged] = useState<Problem['details'] | null>(null)
  const answer = (agrees: boolean, reviewed?: string): void =>
    sign.mutate(
      { id: batch.batch, agrees, ...(reviewed === undefined ? {} : { reviewed }) },
      {
        onSuccess: ({ state }) => {
          setChanged(null)
          notifyDone(t('signed', { state: t(`term:batchState.${state}`, { defaultValue: state }) }))
        },
        onError: (error) => {
          const problem = problemOf(error)
          // what he would sign is no longer what was proposed: he is shown both and may sign the effect of now
          if (problem.code === 'effect-changed' && problem.details.anew) setChanged(problem.details)
          else notifyProblem(error)
        },
      },
    )
  if (changed && signing?.ok)
    return (
      <SignAnew
        details={changed}
        busy={sign.isPending}
        sign={() => answer(true, String(changed.anew))}
        sendBack={() => answer(false)}
      />
    )
  return (
    <Group>
      {signing?.ok && (
        <>
          <Button onClick={() => answer(true)} loading={sign.isPending} data-testid="sign">
            {t('sign')}
          </Button>
          <Button variant="default" onClick={() => answer(false)} disabled={sign.isPending}>
            {t('send-back')}
          </Button>
        </>
      )}
      {signing && !signing.ok && signing.problem.code === 'own-act' && <Text size="sm">{t('own-act')}</Text>}
      {mayUndo && batch.state === 'committed' && !batch.undo && (
        <Button variant="default" onClick={() => setUndoing(true)} data-testid="undo">
          {t('undo')}
        </Button>
      )}
      {undoing && <UndoDialog batch={batch} close={() => setUndoing(false)} />}
    </Group>
  )
}
