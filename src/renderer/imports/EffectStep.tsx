import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Staged } from '../../contract/engine/batch.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useStatus } from '../app/session.ts'
import { useFormat } from '../i18n/useFormat.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { ChangedEffect } from './ChangedEffect.tsx'
import { EffectDetails } from './EffectDetails.tsx'
import { EffectTiles } from './EffectTiles.tsx'
import { exportMoves } from './exportMoves.ts'
import { type Move, Moves } from './Moves.tsx'
import { Notices } from './Notices.tsx'
import { commit } from './wizard.ts'

/** What the batch does to people before it is committed; guards must be accepted one by one. */
export function EffectStep({ staged, busy }: { readonly staged: Staged; readonly busy: boolean }) {
  const { t } = useTranslation(['imports', 'term'])
  const { number } = useFormat()
  const language = useLanguage()
  const navigate = useNavigate()
  const status = useStatus()
  const [accepted, setAccepted] = useState<readonly string[]>([])
  const [move, setMove] = useState<Move | null>(null)
  const open = staged.guards.filter(({ code }) => !accepted.includes(code))
  const send = async (): Promise<void> => {
    const sent = await commit(accepted)
    if (!sent) return
    notifyDone(t('committed', { file: sent.file, state: t(`term:batchState.${sent.state}`) }))
    await navigate({ to: '/imports', search: { batch: sent.batch } })
  }
  return (
    <Stack gap="lg" data-testid="effect">
      <EffectTiles effect={staged.effect} chosen={move} choose={setMove} />
      <Text size="sm" c="dimmed">
        {t('based-on', { seq: number(staged.basedOnSeq) })}
        {status?.online === false && ` ${t('based-on-offline')}`}
      </Text>
      {staged.changed && <ChangedEffect staged={staged} changed={staged.changed} />}
      <EffectDetails staged={staged} move={move} choose={setMove} />
      <Notices notices={staged.notices} />
      {staged.needsSignature && (
        <Alert color="yellow.9" variant="outline" title={t('second-officer.title')}>
          {t('second-officer.text')}
        </Alert>
      )}
      {staged.guards.length > 0 && (
        <Alert color="red.9" variant="outline" title={t('guards.title')}>
          <Stack gap="xs">
            {staged.guards.map(({ code, details }) => (
              <Checkbox
                key={code}
                label={t(`problem:${code}.message`, { ...details, defaultValue: code })}
                description={t('guards.accept', { code })}
                checked={accepted.includes(code)}
                onChange={(event) =>
                  setAccepted(
                    event.currentTarget.checked ? [...accepted, code] : accepted.filter((other) => other !== code),
                  )
                }
              />
            ))}
          </Stack>
        </Alert>
      )}
      <Group>
        <Button
          onClick={() => void send()}
          disabled={open.length > 0 || status?.readOnly === true}
          loading={busy}
          data-testid="wizard-commit"
        >
          {t(staged.needsSignature ? 'commit-for-signature' : 'commit', {
            count: staged.counts.imeis,
            imeis: number(staged.counts.imeis),
          })}
        </Button>
        {open.length > 0 && <Text size="sm">{t('guards.open')}</Text>}
      </Group>
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => void exportMoves(staged, move, language, t).catch(notifyProblem)}
          data-testid="export-moves"
        >
          {t('moves.export')}
        </Button>
      </Group>
      <Moves batch={staged.batch} move={move} />
    </Stack>
  )
}
