import { Button, List, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, businessDate } from '../../domain/businessDate.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { useActing } from '../app/queries.ts'
import { useNow } from '../i18n/useNow.ts'
import { DateField } from '../ui/DateField.tsx'
import { DialogActs } from '../ui/DialogActs.tsx'
import { ReasonField } from '../ui/ReasonField.tsx'
import type { Policy } from './SimulatePolicy.tsx'

interface Props {
  readonly set: readonly { readonly key: string; readonly value: string }[]
  /** What was changed, and the version that holds. */
  readonly base: Policy
  readonly inForce: Policy
  readonly close: () => void
}

/** Keeps a tried change as a proposal that two approvers sign. */
export function ProposePolicy({ set, base, inForce, close }: Props) {
  const { t } = useTranslation(['registry', 'common', 'term'])
  const tomorrow = addDays(businessDate(new Date(useNow(300)).toISOString()), 1)
  const [validFrom, setValidFrom] = useState<string | null>(tomorrow)
  const [note, setNote] = useState('')
  const propose = useActing('propose-policy')
  const policy = base.version === inForce.version ? null : base
  const send = (): void => {
    if (validFrom === null) return
    propose.mutate(
      { policy, set: [...set], validFrom, note: note.trim() },
      {
        onSuccess: ({ version }) => {
          notifyDone(t('policy.proposed', { version }))
          close()
        },
        onError: notifyProblem,
      },
    )
  }
  return (
    <Modal opened onClose={close} title={t('policy.propose')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Text size="sm">{t('policy.propose-means')}</Text>
        <List size="sm">
          {set.map(({ key, value }) => (
            <List.Item key={key}>
              {t('policy.setting', { name: t(`parameter.${key}`, { defaultValue: key }), value })}
            </List.Item>
          ))}
        </List>
        <DateField
          label={t('policy.valid-from')}
          minDate={tomorrow}
          value={validFrom}
          onChange={setValidFrom}
          w={200}
        />
        <ReasonField label={t('policy.note')} reason={note} write={setNote} atMost={4000} />
        <DialogActs close={close}>
          <Button
            onClick={send}
            loading={propose.isPending}
            disabled={note.trim() === '' || validFrom === null}
            data-testid="policy-propose-confirm"
          >
            {t('policy.propose')}
          </Button>
        </DialogActs>
      </Stack>
    </Modal>
  )
}
