import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly title: string
  readonly busy: boolean
  readonly close: () => void
  readonly send: (note: string) => void
}

/** Asks for the reason of an act that ends somebody's proposal. */
export function ReasonDialog({ title, busy, close, send }: Props) {
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
