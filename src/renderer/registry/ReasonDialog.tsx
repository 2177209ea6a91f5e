import { Button, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogActs } from '../ui/DialogActs.tsx'
import { ReasonField } from '../ui/ReasonField.tsx'

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
        <ReasonField label={t('run.note')} reason={note} write={setNote} atMost={4000} />
        <DialogActs close={close}>
          <Button onClick={() => send(note.trim())} loading={busy} disabled={note.trim() === ''}>
            {title}
          </Button>
        </DialogActs>
      </Stack>
    </Modal>
  )
}
