import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly opened: boolean
  readonly busy: boolean
  readonly close: () => void
  readonly skip: (reason: string) => void
}

const REASONS = ['language', 'known', 'waiting', 'difficult'] as const

/** An appeal goes back to the queue only with a reason; the draft stays. */
export function SkipDialog({ opened, busy, close, skip }: Props) {
  const { t } = useTranslation('appeals')
  const [reason, setReason] = useState('')
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('skip.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '') skip(reason.trim())
        }}
      >
        <Stack gap="sm">
          <Group gap={6}>
            {REASONS.map((name) => (
              <Button key={name} size="xs" variant="default" onClick={() => setReason(t(`skip.reason.${name}`))}>
                {t(`skip.reason.${name}`)}
              </Button>
            ))}
          </Group>
          <TextInput
            data-autofocus
            label={t('skip.label')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" disabled={reason.trim() === ''} loading={busy}>
              {t('skip.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
