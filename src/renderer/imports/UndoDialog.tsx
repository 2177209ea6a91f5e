import { Alert, Button, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch } from '../../contract/engine/batch.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing, useReading } from '../app/queries.ts'
import { DialogActs } from '../ui/DialogActs.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ReasonField } from '../ui/ReasonField.tsx'
import { EffectTiles } from './EffectTiles.tsx'
import { ReliedActs } from './ReliedActs.tsx'

/** Withdraws a batch: its own effect first, a reason, and what relied on it. */
export function UndoDialog({ batch, close }: { readonly batch: Batch; readonly close: () => void }) {
  const { t } = useTranslation(['imports', 'common'])
  const effect = useReading('undo-effect', { batch: batch.batch })
  const undo = useActing('undo-batch')
  const [reason, setReason] = useState('')
  const send = (): void =>
    undo.mutate(
      { batch: batch.batch, reason: reason.trim() },
      {
        onSuccess: ({ undone }) => {
          notifyDone(t(undone ? 'undone' : 'undo-waits'))
          close()
        },
        onError: notifyProblem,
      },
    )
  return (
    <Modal opened onClose={close} title={t('undo')} size={960} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Text>{t('undo-means')}</Text>
        <Loaded query={effect}>
          {(found) => (
            <Stack gap="md">
              <EffectTiles effect={found.effect} oneRow />
              {found.needsSignature && (
                <Alert color="yellow.9" variant="outline">
                  {t('second-officer.text')}
                </Alert>
              )}
              {found.reliedOn.length > 0 && (
                <Alert color="yellow.9" variant="outline" title={t('relied-on')}>
                  <ReliedActs acts={found.reliedOn} />
                </Alert>
              )}
            </Stack>
          )}
        </Loaded>
        <ReasonField label={t('undo-reason')} reason={reason} write={setReason} atMost={1000} />
        <DialogActs close={close}>
          <Button
            onClick={send}
            disabled={reason.trim() === '' || !effect.data}
            loading={undo.isPending}
            data-testid="undo-confirm"
          >
            {t('undo')}
          </Button>
        </DialogActs>
      </Stack>
    </Modal>
  )
}
