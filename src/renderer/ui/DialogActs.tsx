import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly close: () => void
  /** The button that does it. */
  readonly children: ReactNode
}

/** The last line of every dialog that does something: leave it, or do it. */
export function DialogActs({ close, children }: Props) {
  const { t } = useTranslation('common')
  return (
    <Group justify="end">
      <Button variant="default" onClick={close}>
        {t('cancel')}
      </Button>
      {children}
    </Group>
  )
}
